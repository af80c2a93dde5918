"""Strategies for the records that an office keeps: appointments, hours, coverages, check-ins, payments."""

from datetime import time, timedelta
from itertools import pairwise
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from medoffice.billing import (
    Accumulators,
    Benefit,
    Benefits,
    CardPhone,
    CostShareOrder,
    Coverage,
    CoverageKind,
    FamilyLimit,
    InsuranceCard,
    Payer,
    PlannedLine,
    PrintedCopay,
    Relation,
    Subscriber,
    TierAccumulators,
    VerifiedCoverage,
)
from medoffice.billing.account import Means, Split
from medoffice.billing.fees import NOTES, AgreedAmount
from medoffice.billing.services import IN_NETWORK
from medoffice.checkin.records import (
    CheckIn,
    Correction,
    DeskTask,
    Detail,
    InsuranceAnswer,
    PayChoice,
    Payment,
    PaymentState,
    TaskKind,
    VisitCode,
)
from medoffice.core import (
    ActorId,
    AppointmentId,
    CoverageId,
    Money,
    PatientId,
    PaymentId,
    ResourceId,
    Sex,
    TaskId,
)
from medoffice.scheduling import (
    AnyOf,
    Appointment,
    Hours,
    Modality,
    Need,
    OneOf,
    Status,
    VisitType,
    WeeklyTemplate,
)
from medoffice.testing.strategies.accounts import splits
from medoffice.testing.strategies.identifiers import ids, member_ids, payer_ids
from medoffice.testing.strategies.people import addresses, person_names, phones, texts
from medoffice.testing.strategies.values import (
    amounts,
    day_ranges,
    days,
    instants,
    money,
    percents,
    slots,
    zones,
)

_SLUG: Final = r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}"
_SERVICES: Final = ("office-visit", "specialist-visit", "lab", "imaging", "wellness")


def slugs() -> SearchStrategy[str]:
    """Words joined by hyphens: codes, tags, places."""
    return st.sampled_from(_SERVICES) | st.from_regex(_SLUG, fullmatch=True)


def visit_types() -> SearchStrategy[VisitType]:
    """Kinds of visit, with and without buffers."""
    return st.builds(
        VisitType,
        code=slugs(),
        name=texts().filter(bool),
        minutes=st.integers(1, 24 * 60),
        buffer_before=st.integers(0, 60),
        buffer_after=st.integers(0, 60),
        new_patient_minutes=st.none() | st.integers(1, 24 * 60),
        needs=st.lists(needs(), max_size=3).map(tuple),
        capacity=st.just(1) | st.integers(1, 20),
        modalities=st.frozensets(st.sampled_from(Modality), min_size=1),
        specialty=st.just("") | slugs(),
        is_complex=st.booleans(),
    )


def needs() -> SearchStrategy[Need]:
    """One of some resources by name, or any that carries a tag."""
    modality = st.none() | st.sampled_from(Modality)
    by_name = st.builds(
        lambda some, modality: OneOf(*some, modality=modality),
        st.lists(ids(ResourceId), min_size=1, max_size=3, unique=True),
        modality,
    )
    return by_name | st.builds(AnyOf, slugs(), modality=modality)


def appointments() -> SearchStrategy[Appointment]:
    """Appointments in every state, with up to an hour of buffer on both sides."""
    buffers = st.timedeltas(timedelta(0), timedelta(hours=1))
    resources = st.sets(ids(ResourceId), min_size=1, max_size=3).map(lambda some: tuple(sorted(some)))
    return st.builds(
        lambda slot, before, after, resources, is_overbooked, **rest: Appointment(
            slot=slot,
            occupied=slot.widened(before=before, after=after),
            resources=resources,
            shared=resources[:1] if is_overbooked else (),
            **rest,
        ),
        slots(timedelta(hours=8)),
        buffers,
        buffers,
        id=ids(AppointmentId),
        patient=ids(PatientId),
        visit_type=slugs(),
        resources=resources,
        is_overbooked=st.booleans(),
        status=st.sampled_from(Status),
        reason=texts(),
        modality=st.sampled_from(Modality),
        location=st.just("") | slugs(),
        is_new_patient=st.booleans(),
        seats=st.just(1) | st.integers(2, 12),
        series=st.just("") | ids(AppointmentId).map(str),
        revision=st.integers(0, 10_000),
    )


def weekly_templates() -> SearchStrategy[WeeklyTemplate]:
    """Weeks of one resource, of up to three days: stretches that touch, lie apart, or run to midnight."""
    days = st.sets(st.integers(0, 6), max_size=3).map(sorted)
    week = days.flatmap(lambda chosen: st.tuples(*map(_weekday, chosen)))
    return st.builds(
        WeeklyTemplate,
        resource=ids(ResourceId),
        zone=zones(),
        hours=week.map(lambda each: tuple(hours for weekday in each for hours in weekday)),
        effective=day_ranges(),
        every=st.integers(1, 52),
    )


def _weekday(weekday: int) -> SearchStrategy[tuple[Hours, ...]]:
    marks = st.sets(st.integers(0, 96), max_size=5).map(sorted)
    codes = st.frozensets(slugs(), max_size=3)

    def stretches(edges: list[int]) -> SearchStrategy[tuple[Hours, ...]]:
        """An edge is a quarter of an hour since midnight; 96 is midnight at the day's end."""
        built = (
            st.builds(
                Hours,
                weekday=st.just(weekday),
                opens=st.just(time(opens // 4, opens % 4 * 15)),
                closes=st.just(time(closes // 4 % 24, closes % 4 * 15)),
                visit_types=codes,
                modalities=st.frozensets(st.sampled_from(Modality)),
                location=st.just("") | slugs(),
                nth=st.just(frozenset[int]()) | st.just(frozenset((1, 3))),
            )
            for opens, closes in pairwise(edges)
        )
        return st.tuples(*built)

    return marks.flatmap(stretches)


def insurance_cards() -> SearchStrategy[InsuranceCard]:
    """Cards on which some of it was read."""
    words = texts().filter(lambda text: bool(text) and text.isprintable())
    copays = st.builds(PrintedCopay, words, amounts())
    return st.builds(
        InsuranceCard,
        rx_bin=st.just("") | st.from_regex(r"[0-9]{6}([0-9]{2})?", fullmatch=True),
        rx_pcn=st.just("") | st.from_regex(r"[0-9A-Z]{1,10}", fullmatch=True),
        rx_group=st.just("") | st.from_regex(r"[0-9A-Z]{1,15}", fullmatch=True),
        phones=st.lists(st.builds(CardPhone, words, phones()), max_size=2).map(tuple),
        copays=st.lists(copays, max_size=3, unique_by=lambda each: each.service).map(tuple),
        read_on=days(),
    )


def subscribers() -> SearchStrategy[Subscriber]:
    """Who holds a plan: a name, and some of the rest."""
    return st.builds(
        Subscriber,
        name=person_names(),
        birth_date=st.none() | days(),
        sex=st.sampled_from(Sex),
        address=st.none() | addresses(),
    )


def coverages() -> SearchStrategy[Coverage]:
    """Coverages with plans of any name or none, of the patient's own or somebody else's."""
    return st.sampled_from(Relation).flatmap(_coverages)


def _coverages(relation: Relation) -> SearchStrategy[Coverage]:
    is_own = relation is Relation.SELF
    lines = texts().filter(lambda text: text.isprintable())
    return st.builds(
        Coverage,
        id=ids(CoverageId),
        patient=ids(PatientId),
        payer=st.builds(Payer, payer_ids(), texts().filter(bool)),
        plan=texts(),
        member_id=member_ids(),
        effective=day_ranges(),
        relation=st.just(relation),
        order=st.integers(1, 4),
        kind=st.none() | st.sampled_from(CoverageKind),
        subscriber=st.none() if is_own else st.none() | subscribers(),
        dependent_number=st.just("")
        if is_own
        else st.just("") | st.from_regex(r"[0-9A-Z]{1,9}", fullmatch=True),
        group_number=lines,
        group_name=lines,
        card=st.none() | insurance_cards(),
        on_file_since=st.none() | days(),
    )


def verified_coverages() -> SearchStrategy[VerifiedCoverage]:
    """Coverages with what a payer answered: all, some or nothing of it."""
    said = st.none() | amounts()
    family = st.none() | st.sampled_from(FamilyLimit)
    tiers = st.just(IN_NETWORK) | st.sampled_from(("out-of-network", "tier-1"))
    remaining = st.builds(
        Accumulators,
        deductible_remaining=said,
        out_of_pocket_remaining=said,
        family_deductible_remaining=said,
        family_out_of_pocket_remaining=said,
        family_deductible=family,
        family_out_of_pocket=family,
        self_only_limit_remaining=said,
    )
    benefit = st.builds(
        Benefit,
        service=slugs(),
        copay=said,
        coinsurance=st.none() | percents(),
        deductible_applies=st.none() | st.booleans(),
        is_preventive=st.booleans(),
        copay_to_deductible=st.booleans(),
        copay_to_out_of_pocket=st.booleans(),
        visits_remaining=st.none() | st.integers(0, 60),
        plan_pays_remaining=said,
        tier=tiers,
    )
    limits = st.builds(TierAccumulators, tiers, remaining)
    benefits = st.builds(
        Benefits,
        benefits=st.lists(benefit, max_size=4, unique_by=lambda each: (each.service, each.tier)).map(tuple),
        remaining=remaining,
        order=st.none() | st.sampled_from(CostShareOrder),
        tier_limits=st.lists(limits, max_size=2, unique_by=lambda each: each.tier).map(tuple),
    )
    return st.builds(
        VerifiedCoverage, coverage=coverages(), benefits=benefits, verified_on=st.none() | days()
    )


def planned_lines() -> SearchStrategy[PlannedLine]:
    """Planned services, with and without an agreed price."""
    notes = st.lists(st.sampled_from(sorted(NOTES)), max_size=2, unique=True).map(tuple)
    agreed = st.builds(AgreedAmount, payer=payer_ids(), amount=amounts(), unsettled=notes)

    def line(allowed: Money | None, unsettled: tuple[str, ...], **rest: Any) -> PlannedLine:
        return PlannedLine(allowed=allowed, unsettled=() if allowed is None else unsettled, **rest)

    return st.builds(
        line,
        allowed=st.none() | amounts(),
        unsettled=notes,
        service=slugs(),
        charge=amounts(),
        tier=st.just(IN_NETWORK) | st.just("out-of-network"),
        balance_billed=st.booleans(),
        agreed=st.lists(agreed, max_size=2, unique_by=lambda each: each.payer).map(tuple),
    )


def check_ins() -> SearchStrategy[CheckIn]:
    """Check-ins with up to three corrections."""
    corrections = st.lists(st.builds(Correction, st.sampled_from(Detail), texts()), max_size=3).map(tuple)
    return st.builds(
        CheckIn,
        appointment=ids(AppointmentId),
        patient=ids(PatientId),
        at=instants(),
        day=days(),
        number=st.integers(1, 10_000),
        by=ids(ActorId),
        corrections=corrections,
        insurance=st.sampled_from(InsuranceAnswer),
        due=amounts(),
        pay=st.sampled_from(PayChoice),
    )


def desk_tasks() -> SearchStrategy[DeskTask]:
    """Tasks for the desk, open and done."""
    return st.builds(
        DeskTask,
        id=ids(TaskId),
        kind=st.sampled_from(TaskKind),
        code=st.from_regex(r"[A-Z]{3}[0-9]{3}", fullmatch=True),
        at=instants(),
        by=ids(ActorId),
        appointment=st.none() | ids(AppointmentId),
        note=texts(),
        is_open=st.booleans(),
    )


def payments() -> SearchStrategy[Payment]:
    """Payments in every state and by every means, for the visit alone and for more."""

    def made(amount: Money, meant: Split | None, **rest: Any) -> Payment:
        return Payment(amount=meant.amount if meant else amount, meant=meant, **rest)

    return st.builds(
        made,
        money(Money(1), Money(10**9)),
        st.none() | splits(),
        id=ids(PaymentId),
        appointment=ids(AppointmentId),
        state=st.sampled_from(PaymentState),
        at=instants(),
        reference=texts(20),
        means=st.sampled_from(Means),
    )


def visit_codes() -> SearchStrategy[VisitCode]:
    """Codes that were handed out."""
    return st.builds(
        VisitCode,
        handle=st.binary(min_size=16, max_size=16),
        appointment=ids(AppointmentId),
        expires=instants(),
    )
