"""What an office asks a payer about a patient's coverage."""

import re
from datetime import date
from typing import Final

import attrs

from medoffice.billing.eligibility.service_types import HEALTH_PLAN
from medoffice.billing.payers import Payer
from medoffice.core import NPI, DateRange, InvalidValue, MemberId, PersonName, PhiClass, Sex, phi

_SERVICE_TYPE: Final = r"[0-9A-Z]{1,2}"
_TRACE: Final = r"[0-9A-Za-z][0-9A-Za-z._-]{0,49}"
_ORIGIN: Final = r"[0-9A-Z]{10}"
_MOST_SERVICE_TYPES: Final = 99


def _day_or_range(_: object, __: object, value: date | DateRange) -> None:
    if type(value) is date:
        return
    if not isinstance(value, DateRange) or value.end is None:
        raise InvalidValue("eligibility inquiry", "it asks about a day, or a range of days with an end")


@attrs.frozen(kw_only=True)
class InquiredPerson:
    """Subscriber or dependent as the inquiry names them.

    A payer finds a subscriber surest by member id, name and birth date together; at least one of name and
    member id is there.

    Raises:
        InvalidValue: when both are missing.
    """

    name: PersonName | None = attrs.field(default=None, **phi(PhiClass.NAME))
    member_id: MemberId | None = attrs.field(default=None, **phi(PhiClass.PLAN_NUMBER))
    birth_date: date | None = attrs.field(default=None, **phi(PhiClass.DATE))
    sex: Sex = attrs.field(default=Sex.UNKNOWN, **phi(PhiClass.HEALTH))

    def __attrs_post_init__(self) -> None:
        if self.name is None and self.member_id is None:
            raise InvalidValue("eligibility inquiry", "a person is named by a name or a member id")


@attrs.frozen(kw_only=True)
class EligibilityInquiry:
    """One question to one payer: about the dependent where there is one, else about the subscriber.

    ``trace`` is the office's own number of the question, which comes back with the answer; it holds no PHI.
    ``origin`` says who gave it (TRN03): ten characters, as a rule ``9`` and the practice's EIN.

    Raises:
        InvalidValue: when a part has another shape than X12 gives it room for.
    """

    payer: Payer
    provider_name: str
    provider: NPI
    subscriber: InquiredPerson = attrs.field(**phi(PhiClass.NAME))
    dependent: InquiredPerson | None = attrs.field(default=None, **phi(PhiClass.NAME))
    on: date | DateRange = attrs.field(validator=_day_or_range)
    service_types: tuple[str, ...] = (HEALTH_PLAN,)
    trace: str
    origin: str

    def __attrs_post_init__(self) -> None:
        for holds, reason in (
            (self.provider_name.strip(), "the provider has a name"),
            (0 < len(self.service_types) <= _MOST_SERVICE_TYPES, "it asks about 1 to 99 service types"),
            (
                all(re.fullmatch(_SERVICE_TYPE, each, re.ASCII) for each in self.service_types),
                "a service type is one or two capital letters and digits",
            ),
            (
                re.fullmatch(_TRACE, self.trace, re.ASCII),
                "its trace has 1 to 50 letters, digits, dots and hyphens",
            ),
            (
                re.fullmatch(_ORIGIN, self.origin, re.ASCII),
                "its origin has ten characters, for example 9 and the EIN",
            ),
        ):
            if not holds:
                raise InvalidValue("eligibility inquiry", reason)
