"""What a modifier does to a price of the schedule.

Sources, opened as they are stored publicly: both sides (150 %, and what the indicators 0, 2 and 3 mean), who may be
assisted or have a co-surgeon, and that teams are paid by report: CMS's record layout of the relative value file of
2026 (fields Bilateral Surgery, Assistant at Surgery, Co-surgeons, Team Surgery). Co-surgeons 62.5 %, assistants
16 %, and 85 % of that for those who are no physician (13.6 %): Noridian Healthcare Solutions, "Assistant-at-Surgery
and Co-Surgery - Understanding the Differences"; the 85 % also in 42 CFR 414.56(c). The sections 20.4.3, 40.7 and
40.8 of the Medicare Claims Processing Manual, chapter 12, which say the same, are not opened here; nor is a list
of the modifiers that only inform.
"""

from decimal import Decimal
from typing import Final

import attrs

from medoffice.billing.fees.exact import EXACT
from medoffice.billing.fees.notes import ASSISTANT_BY_REPORT, CO_SURGEONS_BY_REPORT, DAY_DECIDES
from medoffice.billing.fees.priced import Priced
from medoffice.billing.fees.rows import RvuRow

_ONE: Final = Decimal(1)
_ASSISTANTS: Final = {m: Decimal("0.16") for m in ("80", "81", "82")} | {"AS": Decimal("0.136")}
_PARTS: Final = frozenset({"26", "TC", "53"})
PRICING: Final = frozenset((*_PARTS, "50", "62", "66", *_ASSISTANTS))
"""The modifiers that change a price of the schedule; an office has a charge of its own for a code with one."""
_INFORM: Final = frozenset({"24", "25", "57", "59", "79", "LT", "RT", "XE", "XP", "XS", "XU"})
_KNOWN: Final = PRICING | _INFORM | {"51"}


@attrs.frozen
class NotPayable:
    """The schedule sets no amount for what was asked: ``why`` says the reason."""

    why: str


def unknown_among(modifiers: tuple[str, ...]) -> int:
    """How many of them have no rule here; nothing is priced as if they were not there."""
    return sum(each not in _KNOWN for each in modifiers)


def part_of(modifiers: tuple[str, ...]) -> str:
    """The part of a service that has a row of its own: 26, TC, 53, or empty for the whole."""
    return next((each for each in modifiers if each in _PARTS), "")


def adjusted(row: RvuRow, base: Decimal, modifiers: tuple[str, ...]) -> Priced | NotPayable:
    """The price of a row after its modifiers; each counts once, however often it is given."""
    if len(_PARTS.intersection(modifiers)) > 1:
        return NotPayable("two modifiers each name another part of the service")
    exact = base
    changes: list[tuple[str, Decimal]] = []
    notes: list[str] = []
    for name in dict.fromkeys(modifiers):
        factor = _factor(row, name)
        if isinstance(factor, NotPayable):
            return factor
        if factor != _ONE:
            exact = EXACT.multiply(exact, factor)
            changes.append((name, exact))
        notes += _noted(row, name)
    return Priced(row, base, exact, tuple(changes), tuple(notes))


def _factor(row: RvuRow, name: str) -> Decimal | NotPayable:
    if name == "50":
        # 0 and 2 pay the single amount; 3 pays both sides in full; 9: the idea does not apply.
        return {"1": Decimal("1.5"), "3": Decimal(2)}.get(row.bilateral, _ONE)
    if name == "62":
        payable = row.co_surgeon in {"1", "2"}
        return Decimal("0.625") if payable else NotPayable("co-surgeons are not paid")
    if name == "66":
        return NotPayable("a team is paid by report")
    if name in _ASSISTANTS:
        payable = row.assistant in {"0", "2"}
        return _ASSISTANTS[name] if payable else NotPayable("an assistant is not paid")
    return _ONE


def _noted(row: RvuRow, name: str) -> tuple[str, ...]:
    """What depends on papers or on the rest of the day."""
    if name == "51" and row.multiple in {"1", "2", "3"}:
        return (DAY_DECIDES,)
    if name == "62" and row.co_surgeon == "1":
        return (CO_SURGEONS_BY_REPORT,)
    if name in _ASSISTANTS and row.assistant == "0":
        return (ASSISTANT_BY_REPORT,)
    return ()
