"""What happened about good-faith estimates, fact by fact; only ever added, so an estimate that was replaced is kept.

An estimate is part of the patient's record (45 CFR 149.610(f); that a copy is given for six years is remembered, not
opened here). It is given in writing, on paper or electronically as the patient chooses, and may be told as well (CMS,
instructions for the standard form, as a practice prints them: jessicamalmberg.com).
"""

from datetime import date
from enum import Enum

import attrs

from medoffice.billing.good_faith.good_faith_estimate import GoodFaithEstimate
from medoffice.billing.good_faith.standing import Cover
from medoffice.core import AppointmentId, InvalidValue, PatientId, PhiClass, phi


class Way(Enum):
    """How an estimate was handed over: what is told by mouth is always written too."""

    PAPER = "paper"
    ELECTRONIC = "electronic"


@attrs.frozen(kw_only=True)
class ClaimWishNoted:
    """The patient said whether a claim shall go to the plan for a visit, and what kind of cover it is."""

    on: date
    patient: PatientId
    appointment: AppointmentId
    claim_wanted: bool
    cover: Cover = Cover.HEALTH_PLAN


@attrs.frozen(kw_only=True)
class EstimateRequested:
    """Somebody asked what a booked visit would cost."""

    on: date
    patient: PatientId
    appointment: AppointmentId


@attrs.frozen(kw_only=True)
class EstimateIssued:
    """An estimate was given; ``number`` counts those of one visit from 1, the highest is the one that holds.

    ``owed_by`` is the day on which it was owed, ``None`` when it was not. ``told`` says that it was also explained by
    mouth, which a patient may ask for.

    Raises:
        InvalidValue: when its number is not counted from one.
    """

    on: date
    number: int
    patient: PatientId
    appointment: AppointmentId
    estimate: GoodFaithEstimate = attrs.field(**phi(PhiClass.HEALTH))
    way: Way = Way.PAPER
    told: bool = False
    owed_by: date | None = None

    def __attrs_post_init__(self) -> None:
        if type(self.number) is not int or self.number < 1:
            raise InvalidValue("estimate", "those of a visit are counted from one")

    @property
    def is_late(self) -> bool:
        """Whether it came after the day on which it was owed."""
        return self.owed_by is not None and self.on > self.owed_by


Fact = ClaimWishNoted | EstimateRequested | EstimateIssued
"""All that is written down about estimates."""
