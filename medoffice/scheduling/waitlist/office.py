"""What the waitlist knows of its office: the kinds of visit, the resources, the policy."""

from collections.abc import Iterable, Mapping

import attrs

from medoffice.core import ResourceId
from medoffice.rules import unknown
from medoffice.scheduling.resources import Resource
from medoffice.scheduling.visits import VisitType
from medoffice.scheduling.waitlist.policy import WaitlistPolicy


@attrs.frozen(kw_only=True)
class WaitlistOffice:
    """Kinds of visit and resources by their names, and the practice's policy.

    Raises:
        UnknownName: when the policy names a visit type or a specialty that no visit has.
    """

    policy: WaitlistPolicy
    visits: Mapping[str, VisitType]
    resources: Mapping[ResourceId, Resource]

    @classmethod
    def of(
        cls, policy: WaitlistPolicy, visits: Iterable[VisitType], resources: Iterable[Resource]
    ) -> "WaitlistOffice":
        """The office of these visits and resources."""
        return cls(
            policy=policy,
            visits={visit.code: visit for visit in visits},
            resources={resource.id: resource for resource in resources},
        )

    def __attrs_post_init__(self) -> None:
        for code, _ in self.policy.by_visit:
            self.visit(code)
        specialties = {visit.specialty for visit in self.visits.values()}
        for specialty, _ in self.policy.by_specialty:
            if specialty not in specialties:
                raise unknown("specialty", specialty, specialties)

    def visit(self, code: str) -> VisitType:
        """The visit type of a code.

        Raises:
            UnknownName: when the office has none of that code.
        """
        if code not in self.visits:
            raise unknown("visit type", code, self.visits)
        return self.visits[code]
