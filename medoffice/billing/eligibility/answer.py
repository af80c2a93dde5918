"""What a payer answered about one patient's coverage, as it was said: nothing is guessed, nothing is left out."""

from datetime import date
from decimal import Decimal

import attrs

from medoffice.billing.eligibility.benefit_codes import ACTIVE, INACTIVE, About, Level, Network, Period
from medoffice.billing.eligibility.rejections import Rejection
from medoffice.billing.eligibility.service_types import HEALTH_PLAN
from medoffice.core import Finding, Money, Percent, PhiClass, phi


@attrs.frozen(kw_only=True)
class Party:
    """A payer, provider or other that the answer names: its role (NM101), name and number as the payer has them."""

    role: str = ""
    name: str = attrs.field(default="", **phi(PhiClass.NAME))
    qualifier: str = ""
    number: str = attrs.field(default="", **phi(PhiClass.OTHER_UNIQUE))
    contacts: tuple[str, ...] = attrs.field(default=(), **phi(PhiClass.PHONE))
    """Telephone numbers, addresses of e-mail and of the web (PER), in their order."""


@attrs.frozen(kw_only=True)
class AnsweredPerson:
    """Subscriber or dependent as the payer knows them; text as it came, empty where the payer said nothing."""

    family: str = attrs.field(default="", **phi(PhiClass.NAME))
    given: str = attrs.field(default="", **phi(PhiClass.NAME))
    middle: str = attrs.field(default="", **phi(PhiClass.NAME))
    suffix: str = attrs.field(default="", **phi(PhiClass.NAME))
    member_id: str = attrs.field(default="", **phi(PhiClass.PLAN_NUMBER))
    birth_date: date | None = attrs.field(default=None, **phi(PhiClass.DATE))
    sex: str = attrs.field(default="", **phi(PhiClass.HEALTH))
    address: tuple[str, ...] = attrs.field(default=(), **phi(PhiClass.PLACE))
    """Street, second line, city, state and ZIP code, each possibly empty."""
    relation: str = ""
    """What the dependent is to the subscriber (INS02: 18 self, 01 spouse, 19 child, 34 other)."""
    references: tuple[tuple[str, str], ...] = attrs.field(default=(), **phi(PhiClass.PLAN_NUMBER))
    """Other numbers by their qualifier (REF): 6P is the group, 18 the plan, 49 the family unit."""

    @property
    def group_number(self) -> str:
        """The number of the group or policy, empty when the payer did not say it."""
        return next((number for kind, number in self.references if kind in {"6P", "1L"}), "")


@attrs.frozen(kw_only=True)
class AnsweredDays:
    """Days that the payer stated: what they are (DTP01: 346 plan begins, 347 plan ends), first and last."""

    kind: str
    start: date
    end: date | None = None


@attrs.frozen(kw_only=True)
class Quantity:
    """A number of something (EB09 and EB10, or HSD): ``unit`` such as ``VS`` (visits), ``per`` as HSD05."""

    unit: str
    number: Decimal
    period: Period = Period.NOT_SAID
    periods: str = ""


# Without slots attrs makes a frozen value a third faster, and reading a file of answers is mostly making these.
@attrs.frozen(kw_only=True, slots=False)
class Statement:
    """One benefit as the payer stated it (EB and what belongs to it).

    ``code`` is EB01 as it came; ``about`` is what it means. ``amount``, ``percent`` and ``quantities`` are
    there when the payer said them. ``percent`` of a co-insurance is the *patient's* part.
    """

    about: About
    code: str
    level: Level = Level.NOT_SAID
    service_types: tuple[str, ...] = ()
    insurance_type: str = ""
    plan: str = ""
    period: Period = Period.NOT_SAID
    amount: Money | None = None
    percent: Percent | None = None
    quantities: tuple[Quantity, ...] = ()
    needs_authorization: bool | None = None
    network: Network = Network.NOT_SAID
    procedure: str = ""
    """A procedure code with its qualifier (EB13), as it came."""
    days: tuple[AnsweredDays, ...] = ()
    places: tuple[str, ...] = ()
    """Places of service for which alone the statement holds (III01 ``ZZ``)."""
    references: tuple[tuple[str, str], ...] = attrs.field(default=(), **phi(PhiClass.PLAN_NUMBER))
    messages: tuple[str, ...] = attrs.field(default=(), **phi(PhiClass.HEALTH))
    parties: tuple[Party, ...] = ()
    segment: int = 0
    """Where in the file it stands, for who looks it up there."""

    def is_for(self, service_type: str) -> bool:
        """Whether the statement names a service type."""
        return service_type in self.service_types

    def is_in(self, network: Network) -> bool:
        """Whether the statement can hold for providers of a network, or for those out of it."""
        return self.network in {network, Network.BOTH, Network.NOT_SAID}


@attrs.frozen(kw_only=True)
class EligibilityAnswer:
    """What a payer answered about one patient: a dependent where there is one, else the subscriber.

    ``rejections`` say why there is no answer, or none to a part. ``findings`` are the faults of the file that
    came up between the end of the answer before and the end of this one. ``is_cut_off`` says that the file ended in the
    middle of it, so that there may have been more.
    """

    payer: Party = attrs.field(factory=Party)
    provider: Party = attrs.field(factory=Party)
    subscriber: AnsweredPerson | None = attrs.field(default=None, **phi(PhiClass.NAME))
    dependent: AnsweredPerson | None = attrs.field(default=None, **phi(PhiClass.NAME))
    traces: tuple[str, ...] = ()
    """The inquiry's own numbers (TRN02), given back."""
    days: tuple[AnsweredDays, ...] = ()
    """Days that were stated of the patient; those of a dependent's subscriber stand apart."""
    subscriber_days: tuple[AnsweredDays, ...] = ()
    answered_on: date | None = None
    statements: tuple[Statement, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    findings: tuple[Finding, ...] = ()
    is_cut_off: bool = False

    @property
    def patient(self) -> AnsweredPerson | None:
        """Whom the answer is about."""
        return self.dependent or self.subscriber

    @property
    def is_active(self) -> bool | None:
        """Whether the coverage is active; ``None`` when the payer did not say, or said both of one thing.

        What is said of the plan as a whole (service type 30) goes before what is said of single services.
        """
        return self.is_active_for(HEALTH_PLAN)

    def is_active_for(self, service_type: str) -> bool | None:
        """Whether a service type is covered; where nothing is said of it, what is said of the plan as a whole.

        A service that the payer calls not covered (EB01 ``I``) is not, in a plan that is active.
        """
        for wanted in dict.fromkeys((service_type, HEALTH_PLAN)):
            said = {
                each.about in ACTIVE
                for each in self.statements
                if each.is_for(wanted) and (each.about in ACTIVE or each.about in INACTIVE)
            }
            refused = wanted != HEALTH_PLAN and any(
                each.about is About.NOT_COVERED and each.is_for(wanted) and each.network is not Network.OUT
                for each in self.statements
            )
            if refused and True not in said:
                return False
            if said:
                return said.pop() if len(said) == 1 else None
        general = {
            each.about in ACTIVE
            for each in self.statements
            if not each.service_types and (each.about in ACTIVE or each.about in INACTIVE)
        }
        return general.pop() if len(general) == 1 else None

    @property
    def plan(self) -> str:
        """The plan's name, from the statement that the coverage is active; empty when the payer named none."""
        named = [each for each in self.statements if each.plan]
        active = [each.plan for each in named if each.about in ACTIVE]
        return next(iter(active or [each.plan for each in named]), "")

    @property
    def primary_care_provider(self) -> Party | None:
        """Who the payer says the patient's primary-care provider is."""
        named = [
            party
            for each in self.statements
            if each.about is About.PRIMARY_CARE_PROVIDER
            for party in each.parties
        ]
        return next((party for party in named if party.role == "P3"), next(iter(named), None))

    @property
    def other_payers(self) -> tuple[Party, ...]:
        """Other payers that this payer knows of (EB01 ``R``); one without a name when it named none."""
        return tuple(
            party
            for each in self.statements
            if each.about is About.OTHER_PAYER
            for party in (each.parties or (Party(role="PR"),))
        )
