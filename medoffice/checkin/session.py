"""Where one patient is in the check-in: a turn, its language, and the stage with what was typed so far."""

from enum import Enum

import attrs

from medoffice.checkin.messages import ByCode, Credential, VisitSummary
from medoffice.checkin.records import Correction, Detail, InsuranceAnswer, PayChoice, PaymentState
from medoffice.checkin.words import Word
from medoffice.core.ids import AppointmentId
from medoffice.core.people import Language
from medoffice.core.phi import PhiClass, phi


@attrs.frozen
class Welcome:
    """Nobody yet, or somebody whose code was of no use: ``notice`` says why."""

    notice: Word | None = None


@attrs.frozen
class Judging:
    """A code was read and is being judged."""


@attrs.frozen
class FamilyName:
    """The family name is being typed; ``given`` is kept for those who come back to correct it."""

    family: str = attrs.field(default="", **phi(PhiClass.NAME))
    given: str = attrs.field(default="", **phi(PhiClass.NAME))


@attrs.frozen
class GivenName:
    """The given name is being typed."""

    family: str = attrs.field(**phi(PhiClass.NAME))
    given: str = attrs.field(default="", **phi(PhiClass.NAME))


@attrs.frozen
class BirthDate:
    """The birth date is being typed, as MMDDYYYY; ``notice`` when the calendar has no such day."""

    credential: Credential
    digits: str = attrs.field(default="", **phi(PhiClass.DATE))
    notice: Word | None = None


@attrs.frozen
class Looking:
    """The office is looking for the visit."""

    credential: Credential


@attrs.frozen
class NotMatched:
    """The two identifiers fit no visit of today; which of them did not fit is not said, and not known here."""

    credential: Credential


@attrs.frozen(kw_only=True)
class Found:
    """A patient whose visit was found, and what they have answered so far."""

    visit: VisitSummary
    credential: Credential
    corrections: tuple[Correction, ...] = attrs.field(default=(), **phi(PhiClass.OTHER_UNIQUE))
    insurance: InsuranceAnswer = InsuranceAnswer.SAME
    pay: PayChoice = PayChoice.NOTHING_DUE

    @property
    def jti(self) -> bytes | None:
        """The one-time id of the code that they hold; ``None`` without a code."""
        return self.credential.claims.jti if isinstance(self.credential, ByCode) else None

    def may_pay_here(self, *, takes_cards: bool) -> bool:
        """Whether the kiosk may charge: it can, the amount holds, and nothing of it may have been charged before."""
        return takes_cards and self.amount_holds and self.visit.is_safe_to_charge

    @property
    def amount_holds(self) -> bool:
        """Whether what was worked out as due rests on the coverage that the patient says they have."""
        return self.insurance is (InsuranceAnswer.SAME if self.visit.payer else InsuranceAnswer.NONE)


@attrs.frozen
class Details:
    """The masked details are shown to be confirmed."""

    found: Found


@attrs.frozen
class PickDetail:
    """Which detail has changed?"""

    found: Found


@attrs.frozen
class TypeDetail:
    """The new phone number, e-mail address or postal address is being typed."""

    found: Found
    detail: Detail
    text: str = attrs.field(default="", **phi(PhiClass.OTHER_UNIQUE))
    notice: Word | None = None


@attrs.frozen
class Insurance:
    """The coverage on file is shown to be confirmed."""

    found: Found


@attrs.frozen
class Due:
    """What is due today, and how to pay it."""

    found: Found


@attrs.frozen
class Why:
    """The steps that lead to the amount."""

    found: Found


@attrs.frozen
class Saving:
    """The check-in is being stored."""

    found: Found


@attrs.frozen(kw_only=True)
class Here:
    """A patient who is checked in."""

    appointment: AppointmentId | None
    number: int
    ticket: str
    was_here: bool = False
    has_printed: bool = False


@attrs.frozen
class Paying:
    """The terminal is taking the payment; the check-in is already stored."""

    found: Found
    here: Here


@attrs.frozen
class PaymentTrouble:
    """The payment was declined, or the terminal gave no answer."""

    found: Found
    here: Here
    state: PaymentState


@attrs.frozen
class Done:
    """Checked in: the queue number. ``pay`` says what is left to do about money."""

    here: Here
    pay: PayChoice


class DeskReason(Enum):
    """Why a patient is sent to a person."""

    ASKED = "asked"
    NOT_MATCHED = "not-matched"
    TROUBLE = "trouble"


@attrs.frozen
class Desk:
    """A person takes over."""

    reason: DeskReason


Stage = (
    Welcome
    | Judging
    | FamilyName
    | GivenName
    | BirthDate
    | Looking
    | NotMatched
    | Details
    | PickDetail
    | TypeDetail
    | Insurance
    | Due
    | Why
    | Saving
    | Paying
    | PaymentTrouble
    | Done
    | Desk
)

WAITING = (Judging, Looking, Saving, Paying)
"""Stages in which a reply is awaited."""


@attrs.frozen(kw_only=True)
class Session:
    """One turn at the kiosk.

    ``serial`` grows with every change, so that a press or a time-out that was meant for an earlier screen can be
    told; ``ask`` numbers the effects that will be answered; ``tries`` counts mismatches of this turn. ``has_camera`` is
    whether this kiosk has one at all, ``reader_works`` whether it gives pictures now, and ``takes_cards`` whether
    there is a terminal to pay at.
    """

    turn: int
    home_language: Language
    language: Language
    stage: Stage = attrs.field(factory=Welcome)
    serial: int = 0
    ask: int = 0
    tries: int = 0
    is_warned: bool = False
    is_slow: bool = False
    has_camera: bool = True
    takes_cards: bool = True
    reader_works: bool = True

    @classmethod
    def first(
        cls, language: Language, *, turn: int = 1, has_camera: bool = True, takes_cards: bool = True
    ) -> "Session":
        """The session that waits for the first patient, in the office's own language.

        Without a camera, codes are read by a scanner that types; without a card terminal, the desk takes payments.
        """
        return cls(
            turn=turn,
            home_language=language,
            language=language,
            has_camera=has_camera,
            takes_cards=takes_cards,
        )

    def next_turn(self) -> "Session":
        """The session that waits for the next patient: nothing of this one is in it but the count of turns."""
        fresh = Session.first(
            self.home_language,
            turn=self.turn + 1,
            has_camera=self.has_camera,
            takes_cards=self.takes_cards,
        )
        return attrs.evolve(fresh, reader_works=self.reader_works)
