"""Planned visits with their prices, and official tables that are loaded, as they can stand in a store."""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from medoffice.billing import PlannedLine
from medoffice.billing.fees import NOTES, Edition, PlannedPrice, PlannedService, VisitPlanned
from medoffice.core import AppointmentId, Explained, Money, Step, Trace
from medoffice.ports.tables import LoadedTable
from medoffice.testing.strategies.identifiers import ids
from medoffice.testing.strategies.people import texts
from medoffice.testing.strategies.records import slugs
from medoffice.testing.strategies.values import amounts, day_ranges, instants


def planned_services() -> SearchStrategy[PlannedService]:
    """Services with up to two modifiers and some units."""
    return st.builds(
        PlannedService,
        service=slugs(),
        code=st.sampled_from(["99213", "20610", "97110", "A0021", "0001T"]),
        modifiers=st.lists(st.sampled_from(["25", "50", "LT", "26"]), max_size=2, unique=True).map(tuple),
        units=st.integers(1, 99),
    )


def explained_amounts() -> SearchStrategy[Explained[Money]]:
    """Amounts with steps that add up to them."""
    steps = st.lists(
        st.builds(Step, slugs(), texts(), amount=st.none() | amounts(), why=texts()), max_size=3
    ).map(tuple)
    notes = st.lists(st.sampled_from(sorted(NOTES)), max_size=2, unique=True).map(tuple)

    def whole(made: tuple[Step, ...], unknowns: tuple[str, ...]) -> Explained[Money]:
        trace = Trace(made)
        return Explained(trace.amount, trace=trace, unknowns=unknowns)

    return st.builds(whole, steps, notes)


def visits_planned() -> SearchStrategy[VisitPlanned]:
    """What was planned for a visit, with and without amounts that the payer allows."""

    def price(
        service: PlannedService, charge: Explained[Money], allowed: Explained[Money] | None, why_not: str
    ) -> PlannedPrice:
        line = PlannedLine(
            service=service.service,
            charge=charge.value,
            allowed=allowed.value if allowed else None,
            unsettled=allowed.unknowns if allowed else (),
        )
        return PlannedPrice(
            service=service, line=line, charge=charge, allowed=allowed, why_not="" if allowed else why_not
        )

    prices = st.builds(
        price, planned_services(), explained_amounts(), st.none() | explained_amounts(), texts()
    )
    return st.builds(
        VisitPlanned, appointment=ids(AppointmentId), prices=st.lists(prices, max_size=3).map(tuple)
    )


def loaded_tables() -> SearchStrategy[LoadedTable]:
    """Tables of any kind and edition."""
    edition = st.builds(
        Edition,
        name=texts(),
        sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
        rows=st.integers(0, 10**7),
        days=day_ranges(),
    )
    return st.builds(
        LoadedTable, kind=slugs(), part=st.just("") | slugs(), edition=edition, added_at=instants()
    )
