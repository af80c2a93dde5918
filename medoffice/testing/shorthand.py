"""Claims in coders' shorthand: ``"VISIT-25 + MINOR | dx=E11.9 payer=medicare"``.

A text is read from left to right, in words parted by spaces::

    case    = line { "+" line } [ "|" { option } ]
    line    = service { option }
    service = ( word | code ) { "-" modifier }
    option  = key "=" value

``+`` begins the next service line, ``|`` the part that is about the whole claim.

Services are codes (``99213``, ``G0439-25``) or stand-ins, whose global period the table of the case knows:
``VISIT``, ``MINOR`` (000), ``MINOR10`` (010), ``MAJOR`` (090), ``OTHER`` (XXX), and ``UNLISTED``, which the table does
not hold. Other codes are not in the table either, unless the line says ``global=``.

Options of a line, and what is meant when they are not said:

- ``ptr=1,2`` diagnosis pointers, or ``ptr=none`` (1)
- ``day=2026-03-02`` day of service, or ``day=+1`` so many days after the claim's (the claim's)
- ``by=B`` the clinician: A, B or C (A)
- ``pos=22`` place of service (the claim's)
- ``units=2.5`` units of service (1)
- ``charge=$120.00`` the charge ($100.00)
- ``global=010`` the code's row in the table of global periods (the stand-in's, or none)

Options of the claim:

- ``dx=E11.9,Z23`` diagnoses, or ``dx=none`` (Z00.00)
- ``on=2026-03-02`` day of service (that day)
- ``filed=2026-04-01`` day of filing, or ``filed=+30`` (the day of service)
- ``payer=medicare``, or a payer's id (60054, a commercial one)
- ``pos=22`` place of service (11)
- ``without=global_days`` or ``without=parameters``: not loaded; may stand more than once
- ``set=days:90`` a parameter of the rule, ``set=days@60054:90`` for one payer; may stand more than once

Nobody in a case exists: identifiers are made up and carry no PHI.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final, TypeVar

import attrs

from medoffice.billing.claims import Claim, ClaimLine, Filing
from medoffice.billing.coding import CodingContext, GlobalDays
from medoffice.core import (
    ICD10CM,
    NPI,
    DateRange,
    InvalidValue,
    MemberId,
    Modifier,
    Money,
    PatientId,
    PayerId,
    PlaceOfService,
    ProcedureCode,
    luhn_digit,
    parse_day,
    parse_procedure,
)
from medoffice.data import parameters as bundled_parameters
from medoffice.rules import NotLoaded, Parameters, Table
from medoffice.testing.shorthand_words import ShorthandFault, Word, no_such, options_of, parts_of

T = TypeVar("T")

_DAY: Final = date(2026, 3, 2)
_MEDICARE: Final = "medicare"
_USUAL_PAYER: Final = "60054"
_STAND_INS: Final[dict[str, tuple[str, GlobalDays | None]]] = {
    "VISIT": ("99213", GlobalDays.NOT_APPLICABLE),
    "MINOR": ("11102", GlobalDays.SAME_DAY),
    "MINOR10": ("11200", GlobalDays.TEN_DAYS),
    "MAJOR": ("27447", GlobalDays.NINETY_DAYS),
    "OTHER": ("36415", GlobalDays.NOT_APPLICABLE),
    "UNLISTED": ("A9999", None),
}
_OF_LINE: Final = ("ptr", "day", "by", "pos", "units", "charge", "global")
_OF_CLAIM: Final = ("dx", "on", "filed", "payer", "pos", "without", "set")
_TABLES: Final = ("global_days", "parameters")


def _npi(body: str) -> NPI:
    return NPI(body + luhn_digit("80840" + body))


_CLINICIANS: Final = {"A": _npi("123456789"), "B": _npi("100000002"), "C": _npi("100000003")}


@attrs.frozen(kw_only=True)
class Choice:
    """A parameter that a case sets, and the payer that it is for, if it is for one."""

    param: str
    value: int | bool | str
    key: str = ""


@attrs.frozen(kw_only=True)
class Example:
    """What a case says: the claim, what the rule may look at, and what the practice's policy sets."""

    claim: Claim
    context: CodingContext
    choices: tuple[Choice, ...] = ()


def read_example(text: str, *, on: date | None = None, parameters: Parameters | None = None) -> Example:
    """Read a case.

    ``on`` is the day of service when the text names none; ``parameters`` are what the context holds, usually those
    that come with medoffice.

    Raises:
        ShorthandFault: when a word cannot be read; it says which and where.
    """
    parts = parts_of(text)
    whole = options_of(text, parts.pop(), _OF_CLAIM, many=("set", "without"))
    served = whole.read("on", parse_day, on or _DAY)
    place = whole.read("pos", PlaceOfService.parse, PlaceOfService("11"))
    without = whole.all("without", _one_of("table", _TABLES))
    rows: dict[ProcedureCode, GlobalDays] = {}
    lines = tuple(_line(text, part, served, place, rows) for part in parts)
    is_medicare = whole.read("payer", str, _USUAL_PAYER) == _MEDICARE
    table = Table(name="global days", edition="shorthand", days=DateRange(date.min), rows=rows)
    try:
        claim = Claim(
            number="SHORTHAND1",
            patient=PatientId("patient-of-a-case"),
            member_id=MemberId("1EG4TE5MK73"),
            payer=whole.read("payer", PayerId.parse, PayerId(_USUAL_PAYER)),
            filing=Filing.MEDICARE_B if is_medicare else Filing.COMMERCIAL,
            billing=_CLINICIANS["A"],
            diagnoses=whole.read("dx", _list_of(ICD10CM.parse), (ICD10CM("Z00.00"),)),
            lines=lines,
        )
    except InvalidValue as cause:
        raise ShorthandFault(text, 1, str(cause)) from None
    known = bundled_parameters() if parameters is None else parameters
    return Example(
        claim=claim,
        context=CodingContext(
            filed_on=whole.read("filed", _day_after(served), served),
            global_days=NotLoaded("global days") if "global_days" in without else table,
            parameters=Parameters() if "parameters" in without else known,
        ),
        choices=whole.all("set", _choice),
    )


def _line(
    text: str,
    words: list[Word],
    served: date,
    place: PlaceOfService,
    rows: dict[ProcedureCode, GlobalDays],
) -> ClaimLine:
    service, *rest = words
    options = options_of(text, rest, _OF_LINE)
    called, *modifiers = service.text.split("-")
    procedure, days = options.parse(Word(called, service.column), _service)
    days = options.read("global", _global_days, days)
    if days is not None:
        rows[procedure] = days
    try:
        return ClaimLine(
            procedure=procedure,
            modifiers=tuple(options.parse(Word(m, service.column), Modifier.parse) for m in modifiers),
            pointers=options.read("ptr", _list_of(_whole), (1,)),
            units=options.read("units", _decimal, Decimal(1)),
            charge=options.read("charge", Money.parse, Money(100_00)),
            day=options.read("day", _day_after(served), served),
            place=options.read("pos", PlaceOfService.parse, place),
            rendering=options.read("by", _clinician, _CLINICIANS["A"]),
        )
    except InvalidValue as cause:
        raise ShorthandFault(text, service.column, str(cause)) from None


def _clinician(letter: str) -> NPI:
    return _CLINICIANS[_one_of("clinician", tuple(_CLINICIANS))(letter)]


def _one_of(kind: str, known: tuple[str, ...]) -> Callable[[str], str]:
    def parse(word: str) -> str:
        if word not in known:
            raise InvalidValue(kind, no_such(kind, word, known))
        return word

    return parse


def _list_of(parse: Callable[[str], T]) -> Callable[[str], tuple[T, ...]]:
    return lambda text: () if text == "none" else tuple(parse(part) for part in text.split(","))


def _day_after(start: date) -> Callable[[str], date]:
    def parse(text: str) -> date:
        try:
            return start + timedelta(days=_whole(text[1:])) if text.startswith("+") else parse_day(text)
        except OverflowError:
            raise InvalidValue("day", "the calendar ends before it") from None

    return parse


def _service(word: str) -> tuple[ProcedureCode, GlobalDays | None]:
    if word in _STAND_INS:
        code, days = _STAND_INS[word]
        return parse_procedure(code), days
    try:
        return parse_procedure(word), None
    except InvalidValue:
        raise InvalidValue("service", no_such("service", word, tuple(_STAND_INS))) from None


def _global_days(text: str) -> GlobalDays:
    return GlobalDays(_one_of("global period", tuple(days.value for days in GlobalDays))(text))


def _whole(text: str) -> int:
    if re.fullmatch(r"\d{1,5}", text, re.ASCII) is None:
        raise InvalidValue("number", "write one to five digits")
    return int(text)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise InvalidValue("number", "write digits, with a point if need be") from None


def _choice(text: str) -> Choice:
    name, colon, value = text.partition(":")
    if not colon:
        raise InvalidValue("setting", "write set=name:value, or set=name@payer:value")
    param, _, key = name.partition("@")
    plain: bool | str = {"true": True, "false": False}.get(value, value)
    return Choice(param=param, key=key, value=_whole(value) if value.isdigit() else plain)
