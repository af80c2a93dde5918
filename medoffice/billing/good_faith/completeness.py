"""What an estimate lacks of the list in 45 CFR 149.610(c)(1), as findings: data of the office, not mistakes of a program.

What the types hold anyway is not asked again: patient and birth date, description of the primary service, items
grouped by provider with codes and charges, name, NPI and tax number of each, the disclaimers. The list was read as
psychologists' and psychiatrists' associations restate it (psychiatry.org, No Surprises Act implementation; APA Services,
billing disclosure requirements), its end as printed at 86 FR 56137.
"""

from collections.abc import Iterator
from typing import Final

from medoffice.billing.dated import count_at
from medoffice.billing.good_faith.good_faith_estimate import GoodFaithEstimate
from medoffice.billing.months import months_after
from medoffice.core import Cite, Finding, Severity
from medoffice.rules import Parameters

CONTENT: Final = Cite("45 CFR 149.610", "(c)(1)")
DIAGNOSES: Final = Cite(
    "APA (psychiatry.org), No Surprises Act implementation",
    "diagnosis codes if established, otherwise a standard sentence",
    url="https://psychiatry.org/psychiatrists/practice/practice-management/no-surprises-act-implementation",
)
RECURRING: Final = Cite(
    "45 CFR 149.610",
    "(b)(1), as APA Services quotes it: scope in clear words, recurrences within the next 12 months",
    url="https://www.apaservices.org/practice/legal/managed/billing-disclosure-requirements",
)
CO_PROVIDERS: Final = Cite(
    "CMS, FAQ on good-faith estimates, part 3",
    "2 December 2022: no enforcement for what co-providers charge, pending future rulemaking; as reports quote it, and no "
    "later word was found on 25 November 2026",
    url="https://link.ahra.org/2022/12/12/cms-delays-expansion-of-good-faith-estimate-policy/",
)


def estimate_findings(estimate: GoodFaithEstimate, *, parameters: Parameters) -> tuple[Finding, ...]:
    """What an estimate lacks, or ought to be looked at: ``GFE001`` to ``GFE004``, by the parts of the list.

    Raises:
        UnknownName: when ``parameters`` lack ``good_faith.recurring_months``.
        CannotCheck: when the estimate is from before the rule, 1 January 2022.
        InvalidValue: when the parameter is not a number of months.
    """
    return (*_places(estimate), *_diagnoses(estimate), *_recurrence(estimate, parameters), *_others(estimate))


def _places(estimate: GoodFaithEstimate) -> Iterator[Finding]:
    for number, provider in enumerate(estimate.providers, 1):
        if not provider.place:
            yield Finding(
                code="GFE001",
                severity=Severity.ERROR,
                message="the estimate does not say at which place the services are given",
                where=f"provider {number}",
                fix="Write the office's street and city, with the state, into its settings.",
                cites=(CONTENT,),
            )


def _diagnoses(estimate: GoodFaithEstimate) -> Iterator[Finding]:
    for number, provider in enumerate(estimate.providers, 1):
        for place, item in enumerate(provider.items, 1):
            if not item.diagnoses:
                yield Finding(
                    code="GFE002",
                    severity=Severity.WARNING,
                    message="no diagnosis code; the estimate says that it is not known yet",
                    where=f"provider {number}, item {place}",
                    fix="Give the code where the diagnosis is established.",
                    cites=(CONTENT, DIAGNOSES),
                )


def _recurrence(estimate: GoodFaithEstimate, parameters: Parameters) -> Iterator[Finding]:
    if estimate.recurrence is None:
        return
    months, stale = count_at(parameters, "good_faith.recurring_months", estimate.issued_on)
    yield from stale
    if estimate.recurrence.last_on > months_after(estimate.issued_on, months):
        yield Finding(
            code="GFE003",
            severity=Severity.ERROR,
            message=f"one estimate holds recurrences of at most {months} months",
            where="recurrence",
            fix="End it earlier, and give a new estimate for what comes after, saying what changed.",
            cites=(RECURRING,),
        )


def _others(estimate: GoodFaithEstimate) -> Iterator[Finding]:
    if estimate.left_out:
        yield Finding(
            code="GFE004",
            severity=Severity.INFO,
            message="what other providers charge is not in the estimate, which says so",
            where="co-providers",
            fix="Ask them for their charges where you can; CMS does not enforce this for now.",
            cites=(CO_PROVIDERS,),
        )
