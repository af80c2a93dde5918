"""The $400 test: whether a bill lies so far above its good-faith estimate that the patient may dispute it.

45 CFR 149.620(a)(2)(ii), read in a copy: a provider's total billed charges are substantially in excess when they are
at least $400 more than the total of expected charges listed for that provider. Each provider is judged alone. The
120 calendar days run from the day on which the first such bill is received (as a note of 1 October 2026 quotes the
section); the standard form, as practices print it, says from the date on the bill, which is earlier. A provider who
replaced one of the estimate at the last moment is judged against the other's estimate ((b)(2), not opened here; that he
accepts it as his own is 45 CFR 149.610(b)(1)(viii)), which the caller says with ``instead_of``.
"""

from datetime import date, timedelta
from typing import Final

import attrs

from medoffice.billing.dated import count_at, money_at
from medoffice.billing.good_faith.good_faith_estimate import GoodFaithEstimate
from medoffice.core import NPI, Cite, Finding, InvalidValue, Money, Severity
from medoffice.rules import Parameters

CITE: Final = Cite("45 CFR 149.620", "(a)(2)(ii)")


@attrs.frozen(kw_only=True)
class Bill:
    """A provider's first bill for the services of an estimate: its total charges, and the day from which days count."""

    provider: NPI
    total: Money
    received_on: date
    instead_of: NPI | None = None

    def __attrs_post_init__(self) -> None:
        if self.total < Money.zero:
            raise InvalidValue("bill", "its total is not below zero")


@attrs.frozen(kw_only=True)
class Disputable:
    """The bill is ``excess`` above what the provider was expected to charge, so far that it may be disputed.

    That was or is possible until ``last_day``; ``is_in_time`` says whether it still is.
    """

    excess: Money
    threshold: Money
    last_day: date
    is_in_time: bool
    cite: Cite = CITE
    findings: tuple[Finding, ...] = ()


@attrs.frozen(kw_only=True)
class WithinEstimate:
    """The bill is not far enough above the estimate; ``excess`` is below zero when it is less than estimated.

    A finding says when that is no answer yet: an estimate of a service that recurs adds up all its times, and
    a bill for some of them was compared with all.
    """

    excess: Money
    threshold: Money
    cite: Cite = CITE
    findings: tuple[Finding, ...] = ()


@attrs.frozen
class NotEstimated:
    """The estimate does not name this provider, so its bill cannot be compared."""

    provider: NPI


def judge_bill(
    bill: Bill, estimate: GoodFaithEstimate, *, on: date, parameters: Parameters
) -> Disputable | WithinEstimate | NotEstimated:
    """Whether a bill is far enough above its estimate to be disputed, and whether there is still time on a day.

    The threshold and the window are those in force on the day of the bill.

    Raises:
        UnknownName: when ``parameters`` lack one of ``good_faith.dispute_*``.
        CannotCheck: when the bill is from before the rule, 1 January 2022.
        InvalidValue: when a parameter is of another kind.
    """
    expected = [
        provider.expected
        for provider in estimate.providers
        if provider.npi == (bill.instead_of or bill.provider)
    ]
    if not expected:
        return NotEstimated(bill.provider)
    threshold, stale = money_at(parameters, "good_faith.dispute_threshold", bill.received_on)
    days, also_stale = count_at(parameters, "good_faith.dispute_days", bill.received_on)
    excess = bill.total - expected[0]
    if excess < threshold:
        return WithinEstimate(excess=excess, threshold=threshold, findings=(*stale, *_of_all_times(estimate)))
    last_day = bill.received_on + timedelta(days=days)
    return Disputable(
        excess=excess,
        threshold=threshold,
        last_day=last_day,
        is_in_time=on <= last_day,
        findings=stale + also_stale,
    )


def _of_all_times(estimate: GoodFaithEstimate) -> tuple[Finding, ...]:
    if estimate.recurrence is None:
        return ()
    return (
        Finding(
            code="GFE005",
            severity=Severity.WARNING,
            message=f"the estimate adds up {estimate.recurrence.times} times of a service; "
            "the bill was compared with all of them",
            where="recurrence",
            fix="When the bill is for some of them, bring the sum of all bills, or compare it with its own times by hand.",
            cites=(CITE,),
        ),
    )
