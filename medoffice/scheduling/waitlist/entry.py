"""Who waits: one wish for a visit, with all that decides which times suit."""

from datetime import date, datetime

import attrs

from medoffice.core import (
    AppointmentId,
    DateRange,
    EntryId,
    PatientId,
    ResourceId,
    TimeSlot,
    as_instant,
)
from medoffice.scheduling.fields import modalities, resource_ids
from medoffice.scheduling.hours import Weekly
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.names import as_slugs, slug, slugs
from medoffice.scheduling.urgency import Urgency


@attrs.frozen
class CurrentVisit:
    """The visit that the patient has and would give up for an earlier one."""

    id: AppointmentId
    slot: TimeSlot


@attrs.frozen(kw_only=True)
class Entry:
    """One patient's wish for one kind of visit. What is left empty suits in any form.

    ``days`` are the earliest and the latest day, in the office's zone. ``times`` are weekdays and hours in wall
    time at which the patient can come; the visit lies wholly within them. ``providers``, ``locations`` and
    ``modalities`` are those that the patient would take. ``current`` is the visit that an earlier one would
    replace. ``channels`` are the ways by which the patient agreed to be asked ("sms", "email"); without one
    the waitlist asks nothing and leaves the patient to the desk.

    Raises:
        InvalidValue: when a code is not a slug, an id is not of its form, or ``joined`` has no time zone.
    """

    id: EntryId
    patient: PatientId
    visit: str = attrs.field(validator=slug("waitlist entry", "its visit type"))
    joined: datetime = attrs.field(converter=as_instant)
    is_new_patient: bool = False
    urgency: Urgency = Urgency.ROUTINE
    days: DateRange = DateRange(date.min)
    times: Weekly | None = None
    providers: frozenset[ResourceId] = attrs.field(default=frozenset(), converter=resource_ids)
    locations: frozenset[str] = attrs.field(
        default=frozenset(), converter=as_slugs, validator=slugs("waitlist entry", "its locations")
    )
    modalities: frozenset[Modality] = attrs.field(default=frozenset(), converter=modalities)
    current: CurrentVisit | None = None
    channels: frozenset[str] = attrs.field(
        default=frozenset(), converter=as_slugs, validator=slugs("waitlist entry", "its channels")
    )
