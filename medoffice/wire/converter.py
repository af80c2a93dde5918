"""How each kind of value looks in JSON: the one place that says so."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import Enum, IntEnum
from functools import cache
from types import GenericAlias
from typing import Any, Final, get_args, get_origin
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import attrs
from cattrs import AttributeValidationNote, ClassValidationError, Converter
from cattrs.gen import make_dict_structure_fn

from medoffice.core.codes import ProcedureCode, parse_procedure
from medoffice.core.dates import DateRange
from medoffice.core.errors import InvalidValue
from medoffice.core.ids import ResourceId
from medoffice.core.money import Money
from medoffice.core.people import PersonName
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.needs import AnyOf, Need, OneOf
from medoffice.wire import replies

_INT_LIMIT: Final = 2**63
"""Whole numbers lie below it on both sides, as in a column of a store."""
_DECIMAL_LIMIT: Final = 40
"""Places of a ``Decimal`` before and after the point; ``1E+999999999`` is short to write and long to reckon with."""


@cache
def converter() -> Converter:
    """The converter between values and what JSON can hold; made once, when first asked for."""
    made = Converter(forbid_extra_keys=True, detailed_validation=True)
    made.register_structure_hook_factory(attrs.has, _object)
    made.register_structure_hook_factory(_is_list, _list)
    made.register_structure_hook_factory(_is_set, _list_in_order)
    made.register_unstructure_hook_factory(_is_set, _written_in_order)
    made.register_structure_hook(str, _exactly(str))
    made.register_structure_hook(bool, _exactly(bool))
    made.register_structure_hook(int, _whole)
    made.register_unstructure_hook(Money, lambda money: money.cents)
    made.register_structure_hook(Money, lambda cents, _: Money(_whole(cents, int)))
    _text(made, Decimal, str, _decimal)
    _text(made, date, date.isoformat, date.fromisoformat)
    _text(made, datetime, _instant_text, _instant)
    _text(made, time, time.isoformat, time.fromisoformat)
    _text(made, bytes, lambda data: b64encode(data).decode(), _from_base64)
    _text(made, ZoneInfo, lambda zone: zone.key, _zone)
    made.register_structure_hook_func(_is_need, lambda value, _: _need(value, made))
    for kind in (OneOf, AnyOf):
        made.register_unstructure_hook(kind, lambda need: _need_text(need, made))
    made.register_structure_hook_func(_is_procedure, _procedure)
    made.register_unstructure_hook_func(_is_procedure, str)
    made.register_structure_hook_func(_is_day_or_days, lambda text, _: _day_or_days(text, made))
    made.register_unstructure_hook_func(_is_day_or_days, _day_or_days_text)
    replies.register(made)
    # Types with parse and str are their canonical text; a name is an object, since its text is for people.
    made.register_unstructure_hook_func(_has_text, str)
    made.register_structure_hook_func(_has_text, _parsed)
    made.register_unstructure_hook_func(_is_enum, lambda member: member.value)
    made.register_structure_hook_func(_is_enum, _member)
    # By class, which cattrs asks first: it would read an IntEnum as the int that it also is.
    made.register_structure_hook(IntEnum, _number_or_word)
    return made


def _object(kind: Any, made: Converter) -> Callable[[object, object], Any]:  # noqa: ANN401 -- any attrs class
    """Read an object that has every key, also those that Python may leave out; cattrs sees to unknown ones."""
    names = [field.name for field in attrs.fields(kind)]
    read = make_dict_structure_fn(
        kind, made, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True
    )

    def structure(value: object, _: object) -> object:
        if type(value) is not dict:
            raise InvalidValue(kind.__name__, "it is an object")
        for name in names:
            if name not in value:
                missing = KeyError(name)
                missing.add_note(AttributeValidationNote(f"in {kind.__name__}", name, object))
                raise ClassValidationError("a key is missing", [missing], kind)
        return read(value, kind)

    return structure


def _is_list(kind: object) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[1:] == (...,)


def _list(kind: Any, made: Converter) -> Callable[[object, object], Any]:  # noqa: ANN401 -- any tuple[X, ...]
    """Read a list, and nothing else that Python can go through: a text would be its letters, an object its keys."""
    items = GenericAlias(list, get_args(kind)[:1])
    read = made.get_structure_hook(items)

    def structure(value: object, _: object) -> object:
        if type(value) is not list:
            raise InvalidValue("list", "it is a list")
        return tuple(read(value, items))

    return structure


def _is_set(kind: object) -> bool:
    return get_origin(kind) is frozenset


def _list_in_order(kind: Any, made: Converter) -> Callable[[object, object], Any]:  # noqa: ANN401 -- any set
    read = _list(GenericAlias(tuple, (*get_args(kind), ...)), made)

    def structure(value: Any, _: object) -> object:  # noqa: ANN401 -- whatever stands in the document
        items = read(value, kind)
        if value != sorted(set(value)):
            raise InvalidValue("set", "it is a list in order without repeats")
        return frozenset(items)

    return structure


def _written_in_order(kind: Any, made: Converter) -> Callable[[Any], list[Any]]:  # noqa: ANN401 -- any set
    """A set has no order, so its members are written in that of what is written."""
    (item,) = get_args(kind)
    return lambda members: sorted(made.unstructure(each, item) for each in members)


@attrs.frozen
class _OneOfBody:
    """What of a :class:`OneOf` is written: its maker takes the ids one by one, an object has them in a list."""

    ids: tuple[ResourceId, ...]
    modality: Modality | None


def _is_day_or_days(kind: object) -> bool:
    return kind == date | DateRange


def _day_or_days(text: object, made: Converter) -> date | DateRange:
    """A day, or days from one to another, which have a slash between them."""
    is_range = type(text) is str and "/" in text
    return made.structure(text, DateRange) if is_range else made.structure(text, date)


def _day_or_days_text(value: date | DateRange) -> str:
    return str(value) if isinstance(value, DateRange) else value.isoformat()


def _is_need(kind: object) -> bool:
    return kind == Need


def _need(value: object, made: Converter) -> Need:
    """Read a need; ``kind`` tells which of the two it is."""
    if type(value) is not dict:
        raise InvalidValue("need", "it is an object")
    kind, rest = value.get("kind"), {key: item for key, item in value.items() if key != "kind"}
    match kind:
        case "any-of":
            return made.structure(rest, AnyOf)
        case "one-of":
            body = made.structure(rest, _OneOfBody)
            need = OneOf(*body.ids, modality=body.modality)
            if need.ids != body.ids:
                raise InvalidValue("need", "it names a resource twice")
            return need
        case _:
            pass
    reason: Exception = KeyError("kind")
    if "kind" in value:
        reason = InvalidValue("need", "its kind is one-of or any-of")
    reason.add_note(AttributeValidationNote("in need", "kind", object))
    raise ClassValidationError("its kind cannot be told", [reason], AnyOf)


def _need_text(need: Need, made: Converter) -> dict[str, Any]:
    match need:
        case OneOf():
            body = made.unstructure(_OneOfBody(need.ids, need.modality))
            return {"kind": "one-of", **body}
        case AnyOf():
            return {"kind": "any-of", "tag": need.tag, "modality": made.unstructure(need.modality)}


def _whole(value: object, _: object) -> int:
    if type(value) is not int or abs(value) >= _INT_LIMIT:
        raise InvalidValue("int", "it is a whole number of at most 63 bits")
    return value


def _exactly(kind: type) -> Callable[[object, object], Any]:
    def structure(value: object, _: object) -> object:
        if type(value) is not kind:
            raise InvalidValue(kind.__name__, "it is of another type")
        return value

    return structure


def _text(made: Converter, kind: type, write: Callable[[Any], str], read: Callable[[str], Any]) -> None:
    """Register a type that is a string in JSON; reading takes the one string that writing gives, and no other."""

    def structure(text: object, _: object) -> object:
        if type(text) is not str:
            raise InvalidValue(kind.__name__, "it is a string")
        try:
            value = read(text)
        except InvalidValue:
            raise
        except ValueError:
            raise InvalidValue(kind.__name__, "it is not written as one") from None
        if write(value) != text:
            raise InvalidValue(kind.__name__, "it is not written in its canonical form")
        return value

    made.register_unstructure_hook(kind, write)
    made.register_structure_hook(kind, structure)


def _is_procedure(kind: object) -> bool:
    return kind == ProcedureCode


def _procedure(text: object, _: object) -> ProcedureCode:
    """A code of either level: its shape tells which."""
    if type(text) is not str:
        raise InvalidValue("procedure code", "it is a string")
    code = parse_procedure(text)
    if str(code) != text:
        raise InvalidValue("procedure code", "it is not written in its canonical form")
    return code


def _has_text(kind: object) -> bool:
    return isinstance(kind, type) and hasattr(kind, "parse") and kind is not PersonName


def _parsed(text: object, kind: Any) -> object:  # noqa: ANN401 -- whatever type a field has
    if type(text) is not str:
        raise InvalidValue(kind.__name__, "it is a string")
    value = kind.parse(text)
    if str(value) != text:
        raise InvalidValue(kind.__name__, "it is not written in its canonical form")
    return value


def _member(value: object, kind: Any) -> object:  # noqa: ANN401 -- whatever type a field has
    with suppress(ValueError):
        found = kind(value)
        # True is 1 to Python, and not to a document.
        if type(found.value) is type(value):
            return found
    raise InvalidValue(kind.__name__, "it is none of those that exist")


def _number_or_word(value: object, kind: object) -> object:
    return (_parsed if _has_text(kind) else _member)(value, kind)


def _is_enum(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum) and not hasattr(kind, "parse")


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise InvalidValue("Decimal", "it is not a number") from None
    _, digits, exponent = number.as_tuple()
    if (
        not isinstance(exponent, int)
        or not -_DECIMAL_LIMIT <= exponent <= len(digits) + exponent <= _DECIMAL_LIMIT
    ):
        raise InvalidValue(
            "Decimal", f"it is finite, with {_DECIMAL_LIMIT} places on each side of its point at most"
        )
    return number


def _instant_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise InvalidValue("datetime", "an instant has a time zone")
    return moment


def _from_base64(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except NotBase64:
        raise InvalidValue("bytes", "it is not base64") from None


def _zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, OSError):
        raise InvalidValue("time zone", "it is not an IANA name") from None
