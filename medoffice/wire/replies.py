"""How a patient's reply looks in JSON: an object whose ``kind`` tells which of the replies it is."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs
from cattrs import AttributeValidationNote, ClassValidationError, Converter

from medoffice.core.errors import InvalidValue
from medoffice.scheduling.reminders.replies import CancelWish, Confirm, MoveWish, Reply, Stop, Unclear

_KINDS: Final[Mapping[str, Any]] = MappingProxyType(
    {"confirm": Confirm, "cancel": CancelWish, "move": MoveWish, "stop": Stop, "unclear": Unclear}
)


def register(made: Converter) -> None:
    """Teach a converter to write and read replies."""
    made.register_structure_hook_func(_is_reply, lambda value, _: _read(value, made))
    for name, kind in _KINDS.items():
        made.register_unstructure_hook(kind, _writer(name))


def _is_reply(kind: object) -> bool:
    return kind == Reply


def _writer(name: str) -> Any:  # noqa: ANN401 -- a hook as cattrs wants it
    return lambda reply: {"kind": name, **attrs.asdict(reply)}


def _read(value: object, made: Converter) -> Reply:
    if type(value) is not dict:
        raise InvalidValue("reply", "it is an object")
    name = value.get("kind")
    if isinstance(name, str) and name in _KINDS:
        read: Reply = made.structure(
            {key: item for key, item in value.items() if key != "kind"}, _KINDS[name]
        )
        return read
    reason: Exception = KeyError("kind")
    if "kind" in value:
        reason = InvalidValue("reply", f"its kind is one of {', '.join(_KINDS)}")
    reason.add_note(AttributeValidationNote("in reply", "kind", object))
    raise ClassValidationError("its kind cannot be told", [reason], Confirm)
