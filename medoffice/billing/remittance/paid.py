"""What a payer paid for one claim and for each of its lines, and why not all of it."""

from datetime import date
from decimal import Decimal
from enum import Enum

import attrs

from medoffice.core import Money, PhiClass, phi


class Group(Enum):
    """Who bears an adjustment (CAS01 of the 835)."""

    CONTRACTUAL = "CO"
    """The provider, by contract or rule: never the patient."""
    PATIENT = "PR"
    OTHER = "OA"
    PAYER_INITIATED = "PI"
    CORRECTION = "CR"
    """A correction or reversal, as older senders still have it."""


class ClaimStatus(Enum):
    """What became of a claim (CLP02), as far as a program goes by it."""

    PRIMARY = "1"
    SECONDARY = "2"
    TERTIARY = "3"
    DENIED = "4"
    PRIMARY_FORWARDED = "19"
    SECONDARY_FORWARDED = "20"
    TERTIARY_FORWARDED = "21"
    REVERSAL = "22"
    """An earlier payment is taken back; its amounts are those of that, below zero."""
    NOT_OURS_FORWARDED = "23"
    PREDETERMINATION = "25"


# Without slots attrs makes a frozen value a third faster, and a file of remittances is mostly these.
@attrs.frozen(kw_only=True, slots=False)
class Adjustment:
    """Why a part of a charge is not paid: ``reason`` is the code (CARC), ``group`` who bears it, ``None`` when unknown.

    ``amount`` is below zero where it adds to what is paid.
    """

    group: Group | None
    group_code: str
    reason: str
    amount: Money = attrs.field(**phi(PhiClass.HEALTH))
    quantity: Decimal | None = None


@attrs.frozen(kw_only=True, slots=False)
class ServicePayment:
    """One service line as it was paid (SVC and what belongs to it).

    ``qualifier`` and ``procedure`` are those that were paid (``HC``, ``99213``), ``submitted`` what was asked where that
    was another. ``control`` is the office's own number of the line (REF 6R), ``allowed`` what the payer says (AMT B6).
    ``remarks`` are remark codes (LQ).
    """

    procedure: str = attrs.field(**phi(PhiClass.HEALTH))
    qualifier: str = ""
    modifiers: tuple[str, ...] = ()
    submitted: str = attrs.field(default="", **phi(PhiClass.HEALTH))
    charge: Money = attrs.field(**phi(PhiClass.HEALTH))
    paid: Money = attrs.field(**phi(PhiClass.HEALTH))
    units: Decimal | None = None
    first_day: date | None = attrs.field(default=None, **phi(PhiClass.DATE))
    last_day: date | None = attrs.field(default=None, **phi(PhiClass.DATE))
    adjustments: tuple[Adjustment, ...] = ()
    allowed: Money | None = attrs.field(default=None, **phi(PhiClass.HEALTH))
    remarks: tuple[str, ...] = ()
    control: str = attrs.field(default="", **phi(PhiClass.ACCOUNT_NUMBER))
    segment: int = 0

    def adjusted(self, group: Group | None = None) -> Money:
        """The sum of its adjustments, or of those of a group."""
        return Money(
            sum([each.amount.cents for each in self.adjustments if group is None or each.group is group])
        )


@attrs.frozen(kw_only=True, slots=False)
class ClaimPayment:
    """One claim as it was paid (CLP and what belongs to it).

    ``number`` is the office's own (CLP01), ``payer_number`` the payer's (CLP07). ``status`` is ``None`` for a code of which
    nothing is concluded; ``status_code`` is as it came. ``patient_responsibility`` is what the payer says in CLP05.
    ``remarks`` are those of the whole claim (MOA, MIA). ``segment`` is where it begins in the file.
    """

    number: str = attrs.field(**phi(PhiClass.ACCOUNT_NUMBER))
    status: ClaimStatus | None
    status_code: str
    charge: Money = attrs.field(**phi(PhiClass.HEALTH))
    paid: Money = attrs.field(**phi(PhiClass.HEALTH))
    patient_responsibility: Money = attrs.field(default=Money.zero, **phi(PhiClass.HEALTH))
    filing: str = ""
    payer_number: str = attrs.field(default="", **phi(PhiClass.ACCOUNT_NUMBER))
    facility: str = ""
    frequency: str = ""
    family: str = attrs.field(default="", **phi(PhiClass.NAME))
    given: str = attrs.field(default="", **phi(PhiClass.NAME))
    member_id: str = attrs.field(default="", **phi(PhiClass.PLAN_NUMBER))
    first_day: date | None = attrs.field(default=None, **phi(PhiClass.DATE))
    last_day: date | None = attrs.field(default=None, **phi(PhiClass.DATE))
    received_on: date | None = attrs.field(default=None, **phi(PhiClass.DATE))
    adjustments: tuple[Adjustment, ...] = ()
    lines: tuple[ServicePayment, ...] = ()
    remarks: tuple[str, ...] = ()
    crossed_over_to: str = attrs.field(default="", **phi(PhiClass.HEALTH))
    segment: int = 0

    @property
    def is_reversal(self) -> bool:
        """Whether it takes back what was paid before."""
        return self.status is ClaimStatus.REVERSAL

    def adjusted(self, group: Group | None = None) -> Money:
        """The sum of all adjustments, the claim's and its lines', or of those of a group."""
        own = sum([each.amount.cents for each in self.adjustments if group is None or each.group is group])
        return Money(own + sum([line.adjusted(group).cents for line in self.lines]))
