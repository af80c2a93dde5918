"""What one language must bring for the papers about money."""

from collections.abc import Callable, Mapping
from datetime import date

import attrs

from medoffice.billing.beneficiary_notice import DenialReason, NoticeOption


@attrs.frozen(kw_only=True)
class EstimateWords:
    """The words of a good-faith estimate; what stands in braces is filled in.

    ``disclaimers`` are by their codes, and one of them holds ``{threshold}`` and ``{days}``.
    """

    title: str
    patient: str
    born: str
    issued: str
    number: str
    """``{number}``: which estimate for the visit it is."""
    replaces: str
    service: str
    service_on: str
    no_day: str
    provider: str
    npi: str
    tax_id: str
    where: str
    state: str
    head: tuple[str, str, str, str, str]
    """Service, code, diagnosis, units, expected charge."""
    not_known: str
    total_of_provider: str
    total: str
    again: str
    """``{every}``, ``{times}``, ``{last}``: a service that recurs."""
    left_out: str
    """``{what}``: providers whose charges are not in it."""
    separately: str
    """The line right above the list, as the rule wants it."""
    how_to_get: str
    """``{phone}``: how to get an estimate for what is on the list."""
    how_to_get_here: str
    """The same where no telephone number is known."""
    good_to_know: str
    disclaimers: Mapping[str, str]


@attrs.frozen(kw_only=True)
class NoticeWords:
    """The words of the sheet from which an ABN is filled in; what stands in braces is filled in."""

    title: str
    copy: str
    """``{expires}``: that this is not the notice, and which form it is copied to."""
    blanks: Mapping[str, str]
    """The names of the blanks A to J."""
    own_number: str
    """What must not stand in blank C."""
    between: str
    """``{least}``, ``{most}``: a range of costs."""
    none: str
    by_hand: str
    reasons: Mapping[DenialReason, str]
    options_head: str
    options: Mapping[NoticeOption, str]
    answer_head: str
    waiting: str
    signed: str
    """``{option}``, ``{day}``."""
    refused: str
    """``{day}``."""
    withdrawn: str
    stands: str
    """``{first}``, ``{last}``: the days of service that it can cover."""


@attrs.frozen(kw_only=True)
class PaperWords:
    """One language; made once, in the file that bears its tag. ``page`` holds ``{number}`` and ``{count}``."""

    estimate: EstimateWords
    notice: NoticeWords
    page: str
    write_day: Callable[[date], str]
