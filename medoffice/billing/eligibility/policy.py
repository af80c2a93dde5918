"""How an office verifies coverages: how old an answer may be, what it asks about, whose networks it is in."""

import re
from collections.abc import Mapping
from typing import Any, Final

import attrs

from medoffice.billing.eligibility.benefit_codes import Network
from medoffice.billing.eligibility.service_types import HEALTH_PLAN
from medoffice.billing.services import a_service
from medoffice.core import InvalidValue, PayerId

USUAL_SERVICES: Final = (("office-visit", "98"), ("preventive", "81"), ("nurse-visit", "96"))
"""The service type (X12 data element 1365) of common services of a primary-care office."""
_MOST: Final = 98


@attrs.frozen(kw_only=True)
class EligibilityPolicy:
    """``services`` give the service type for each of the office's services, ``networks`` how it stands to payers.

    ``place`` is the office's place of service (CMS's two digits, ``11`` for an office), empty where nobody has said: what a
    payer states for that place alone goes before what it states for any.

    Raises:
        InvalidValue: when a number of days is below zero, a service or a payer stands twice, or one has another shape.
    """

    good_for_days: int = 30
    services: tuple[tuple[str, str], ...] = USUAL_SERVICES
    networks: tuple[tuple[PayerId, Network], ...] = ()
    place: str = ""

    def __attrs_post_init__(self) -> None:
        if type(self.good_for_days) is not int or self.good_for_days < 0:
            raise InvalidValue("eligibility policy", "an answer is good for a whole number of days from 0")
        if re.fullmatch(r"([0-9]{2})?", self.place, re.ASCII) is None:
            raise InvalidValue("eligibility policy", "a place of service is two digits")
        field: Any = attrs.fields(EligibilityPolicy).services
        for service, kind in self.services:
            a_service(self, field, service)
            if re.fullmatch(r"[0-9A-Z]{1,2}", kind, re.ASCII) is None:
                raise InvalidValue(
                    "eligibility policy", "a service type is one or two capital letters and digits"
                )
        if len(self.services) != len(self.by_service) or len(self.by_service) > _MOST:
            raise InvalidValue("eligibility policy", f"a service stands once, and {_MOST} at most")
        if len(self.networks) != len(dict(self.networks)):
            raise InvalidValue("eligibility policy", "a payer stands once among the networks")

    @property
    def by_service(self) -> Mapping[str, str]:
        """The service type of each service."""
        return dict(self.services)

    @property
    def asked(self) -> tuple[str, ...]:
        """What every inquiry asks about: the plan as a whole, then all service types of the office.

        All of them, and not those of one visit, so that one answer is good for any visit.
        """
        return (HEALTH_PLAN, *sorted({kind for _, kind in self.services} - {HEALTH_PLAN}))

    def service_type(self, service: str) -> str:
        """The service type of a service; the plan as a whole where nobody has said."""
        return self.by_service.get(service, HEALTH_PLAN)

    def network(self, payer: PayerId) -> Network:
        """How the office stands to a payer; ``NOT_SAID`` where nobody knows."""
        return dict(self.networks).get(payer, Network.NOT_SAID)
