"""The editions of form CMS-R-131: only the current one makes a notice valid, and the day printed on it tells which it is.

The day stands at the form's lower left. An edition whose day is past stays the current one until CMS has a new one out
(polaris-group.com, February 2026; Part B News, 21 March 2026), so the form of 31 January 2026 held through 11 May 2026.
"""

from datetime import date
from typing import Final

import attrs

from medoffice.core import Cite


@attrs.frozen(kw_only=True)
class FormEdition:
    """One edition: the day printed on it, from when it may be used, and from when no other may."""

    expires: date
    usable_since: date
    required_since: date
    cite: Cite


EDITIONS: Final = (
    FormEdition(
        expires=date(2023, 6, 30),
        usable_since=date(2020, 8, 31),
        required_since=date(2021, 1, 1),
        cite=Cite(
            "wchsb.com, implementation of the new ABN form",
            "mandatory from 1 January 2021; the first day of its use is remembered",
            url="https://wchsb.com/healthcare-news/cms-implementation-of-new-abn-form",
        ),
    ),
    FormEdition(
        expires=date(2026, 1, 31),
        usable_since=date(2023, 4, 4),
        required_since=date(2023, 6, 30),
        cite=Cite(
            "polaris-group.com, the ABN expired on 1/31/26",
            "mandatory from 30 June 2023; the first day of its use is remembered",
            url="https://www.polaris-group.com/blog-posts/ask-amanda-what-do-we-do-now-that-the-abn-expired-on-1-31-26",
        ),
    ),
    FormEdition(
        expires=date(2029, 3, 31),
        usable_since=date(2026, 3, 13),
        required_since=date(2026, 5, 12),
        cite=Cite(
            "Part B News, 21 March 2026",
            "may be used now, must be from 12 May 2026 (bmdllc.com too); cleanclaimrx.com: out in March, 60 days before",
            url="https://pbn.decisionhealth.com/Blogs/DetailPrint.aspx?id=201151",
        ),
    ),
)
"""The editions since 2021, oldest first. ``usable_since`` of the last is reckoned from its 60 days."""


def editions_on(day: date) -> tuple[FormEdition, ...]:
    """The editions that may be used on a day, the newest last; two while one takes the other's place.

    Empty for a day before the first that is known.
    """
    follows = (*EDITIONS[1:], None)
    return tuple(
        each
        for each, next_one in zip(EDITIONS, follows, strict=True)
        if each.usable_since <= day and (next_one is None or day < next_one.required_since)
    )
