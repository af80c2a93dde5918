"""Where a claim stands with its payer: the 277, asked for or sent by itself (277CA) when claims have come in."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Final

import attrs

from medoffice.core import Finding, Money, PhiClass, phi


class Standing(Enum):
    """Where a claim stands, as a biller tells it."""

    RECEIVED = "received"
    """It came in, and nothing is decided."""
    ACCEPTED = "accepted"
    """It was taken in to be decided."""
    REJECTED = "rejected"
    """It was never taken in: mend it and send it anew. That is no denial, and there is nothing to appeal."""
    PENDING = "pending"
    FINALIZED = "finalized"
    """It was decided: a remittance says how."""
    WANTED = "wanted"
    """The payer wants something of the office."""
    NOT_FOUND = "not found"
    TROUBLE = "trouble"
    """The question could not be answered."""


CATEGORIES: Final[Mapping[str, Standing]] = MappingProxyType(
    {
        "A0": Standing.RECEIVED,
        "A1": Standing.RECEIVED,
        "A2": Standing.ACCEPTED,
        "A3": Standing.REJECTED,
        "A4": Standing.NOT_FOUND,
        "A5": Standing.ACCEPTED,
        "A6": Standing.REJECTED,
        "A7": Standing.REJECTED,
        "A8": Standing.REJECTED,
        **dict.fromkeys(("P0", "P1", "P2", "P3", "P4", "P5"), Standing.PENDING),
        **dict.fromkeys(("F0", "F1", "F2", "F3", "F3F", "F3N", "F4", "F5"), Standing.FINALIZED),
        **dict.fromkeys(("RQ", *(f"R{number}" for number in range(18))), Standing.WANTED),
        **dict.fromkeys(("E0", "E1", "E2", "E3", "E4"), Standing.TROUBLE),
        "D0": Standing.NOT_FOUND,
    }
)
"""What the category of a status (first part of STC01) means; code list 507 of X12.

The codes agree with pyx12's copy of the list (a test compares them), but for its ``X0``, of which nothing is
concluded; what each means is from memory.
"""


@attrs.frozen(kw_only=True)
class StatusCode:
    """One status: ``category`` and ``code`` as the payer gives them, and of whom it is said (``entity``)."""

    category: str
    code: str = ""
    entity: str = ""

    @property
    def standing(self) -> Standing | None:
        """What the category means; ``None`` for one that is not known."""
        return CATEGORIES.get(self.category)


@attrs.frozen(kw_only=True)
class Status:
    """What was said on a day: up to three codes, the amounts beside them, and words where there are any.

    ``is_rejected`` is what the acknowledgement says itself (STC03 ``U``), ``None`` where it says nothing.
    """

    codes: tuple[StatusCode, ...]
    on: date | None = None
    is_rejected: bool | None = None
    charge: Money | None = attrs.field(default=None, **phi(PhiClass.HEALTH))
    paid: Money | None = attrs.field(default=None, **phi(PhiClass.HEALTH))
    words: str = attrs.field(default="", **phi(PhiClass.OTHER_UNIQUE))

    @property
    def standing(self) -> Standing | None:
        """Where it leaves the claim, by the first code that is known."""
        return next((each.standing for each in self.codes if each.standing is not None), None)

    @property
    def rejects(self) -> bool:
        """Whether it says that something was not taken in: by its category, or by the payer's own word."""
        return self.is_rejected is True or self.standing is Standing.REJECTED


def _last(statuses: Sequence[Status]) -> Status | None:
    """What was said last, as far as anything can be concluded of it: the latest day, and of one day the last."""
    known = [
        (each.on or date.min, at, each)
        for at, each in enumerate(statuses)
        if each.standing is not None or each.is_rejected is not None
    ]
    return max(known, key=lambda each: each[:2])[2] if known else None


@attrs.frozen(kw_only=True)
class LineStatus:
    """A service line and what was said of it."""

    procedure: str = attrs.field(**phi(PhiClass.HEALTH))
    modifiers: tuple[str, ...] = attrs.field(default=(), **phi(PhiClass.HEALTH))
    charge: Money | None = attrs.field(default=None, **phi(PhiClass.HEALTH))
    paid: Money | None = attrs.field(default=None, **phi(PhiClass.HEALTH))
    first_day: date | None = attrs.field(default=None, **phi(PhiClass.DATE))
    last_day: date | None = attrs.field(default=None, **phi(PhiClass.DATE))
    control: str = attrs.field(default="", **phi(PhiClass.ACCOUNT_NUMBER))
    statuses: tuple[Status, ...] = ()


@attrs.frozen(kw_only=True)
class ReportedClaim:
    """A claim and what was said of it.

    ``number`` is the office's own, which came back (REF EJ, else TRN02, as in the 277CA), ``trace`` that of the
    question (TRN02), and ``payer_number`` the payer's (REF 1K). ``segment`` is where it begins in the file.
    """

    number: str = attrs.field(**phi(PhiClass.ACCOUNT_NUMBER))
    trace: str = attrs.field(default="", **phi(PhiClass.ACCOUNT_NUMBER))
    payer_number: str = attrs.field(default="", **phi(PhiClass.ACCOUNT_NUMBER))
    clearing_house_number: str = attrs.field(default="", **phi(PhiClass.ACCOUNT_NUMBER))
    family: str = attrs.field(default="", **phi(PhiClass.NAME))
    given: str = attrs.field(default="", **phi(PhiClass.NAME))
    member_id: str = attrs.field(default="", **phi(PhiClass.PLAN_NUMBER))
    first_day: date | None = attrs.field(default=None, **phi(PhiClass.DATE))
    last_day: date | None = attrs.field(default=None, **phi(PhiClass.DATE))
    statuses: tuple[Status, ...] = ()
    lines: tuple[LineStatus, ...] = ()
    segment: int = 0

    @property
    def standing(self) -> Standing | None:
        """Where the claim stands by what was said last of it as a whole; ``None`` when that is not known.

        The latest day counts, and of one day what stands last.
        """
        last = _last([each for each in self.statuses if each.standing is not None])
        return None if last is None else last.standing

    @property
    def is_rejected(self) -> bool:
        """Whether it was not taken in, or one of its lines was not, by what was said last of each."""
        said = [_last(self.statuses), *(_last(each.statuses) for each in self.lines)]
        return any(each is not None and each.rejects for each in said)


@attrs.frozen(kw_only=True)
class StatusReport:
    """One 277: who says it, whether it acknowledges claims that came in, and each claim.

    ``about`` is what was said of the batch, or of a provider's claims, as a whole.
    """

    control: str
    is_acknowledgement: bool
    payer: str = ""
    made_on: date | None = None
    claims: tuple[ReportedClaim, ...] = attrs.field(repr=lambda them: f"<{len(them)} claims>")
    about: tuple[Status, ...] = ()
    findings: tuple[Finding, ...] = ()
