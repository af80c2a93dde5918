"""What an estimate and a scrub cost. No peer was compared: these figures say only whether the cost is ever felt.

An estimate is what a patient owes for the services of a visit, with the steps that add up to it; the cases go through
coverages that differ in co-pay, deductible, co-insurance, limit and in what the payer left unsaid. A scrub runs every
rule that is installed over a claim of one to six lines. Both are pure: no store, no disk.
"""

from collections.abc import Sequence
from datetime import date
from itertools import cycle, product

import attrs

from benchmarks.timing import Times, interleaved, number, table
from medoffice import plugins
from medoffice.billing import (
    Accumulators,
    Benefit,
    Benefits,
    CostShareOrder,
    PlannedLine,
    VerifiedCoverage,
    estimate,
)
from medoffice.billing.coding import scrub
from medoffice.core import Money, Percent
from medoffice.rules import Policy
from medoffice.testing import store_records as make
from medoffice.testing.shorthand import read_example

ROUNDS, CALLS = 100, 100
DAY = date(2026, 11, 24)
CLAIMS = (
    "VISIT",
    "VISIT-25 + MINOR",
    "VISIT + MINOR | dx=E11.9,Z23 payer=medicare",
    "VISIT + MINOR10 ptr=1,2 + OTHER | dx=E11.9,Z23 filed=+30",
    "VISIT-25 ptr=1,2 + MINOR ptr=2 + OTHER + OTHER day=+1 + MAJOR by=B + UNLISTED | dx=E11.9,I10,Z23 filed=+400",
)


def covers() -> list[VerifiedCoverage]:
    """Coverages of every combination of what plans do and what payers leave unsaid."""
    combined = product(
        (None, Money(3000)),
        (None, Percent.parse("20%")),
        (None, True, False),
        (None, Money.zero, Money(4250), Money(250000)),
        (None, *CostShareOrder),
    )
    return [
        attrs.evolve(
            make.coverage(),
            benefits=Benefits(
                benefits=(
                    Benefit(
                        service="office-visit",
                        copay=copay,
                        coinsurance=part,
                        deductible_applies=applies,
                    ),
                    Benefit(service="lab", coinsurance=part, deductible_applies=applies),
                ),
                remaining=Accumulators(deductible_remaining=left, out_of_pocket_remaining=left),
                order=order,
            ),
        )
        for copay, part, applies, left, order in combined
    ]


def answered() -> list[VerifiedCoverage]:
    """Of these, the coverages about which the payer left nothing unsaid."""
    whole = []
    for cover in covers():
        visit, lab = cover.benefits.benefits
        said = (visit.copay, visit.coinsurance, visit.deductible_applies, cover.benefits.order)
        if None in (*said, cover.benefits.remaining.deductible_remaining):
            continue
        asked = (visit, attrs.evolve(lab, copay=Money.zero))
        whole.append(attrs.evolve(cover, benefits=attrs.evolve(cover.benefits, benefits=asked)))
    return whole


def lines() -> tuple[PlannedLine, ...]:
    """A visit with two laboratory tests."""
    return tuple(
        PlannedLine(service=service, charge=Money(charge), allowed=Money(allowed))
        for service, charge, allowed in (
            ("office-visit", 14500, 9800),
            ("lab", 6000, 2215),
            ("lab", 4500, 1199),
        )
    )


def line_of(what: str, each: Times) -> Sequence[object]:
    """A row of the table."""
    return (what, number(each.median * 1e6), number(each.p99 * 1e6), number(1 / each.median))


def main() -> None:
    """Measure and print."""
    planned = lines()
    examples = [read_example(text) for text in CLAIMS]
    filed, loaded, policy = cycle(examples), plugins.load(), Policy()

    certain = cycle(answered())

    def one_certain() -> None:
        estimate(lines=planned, cover=next(certain), on=DAY)

    bounded = cycle(covers())

    def one_bounded() -> None:
        estimate(lines=planned, cover=next(bounded), on=DAY)

    def one_scrub() -> None:
        each = next(filed)
        scrub(each.claim, each.context, catalog=loaded.rules, policy=policy)

    times = interleaved(
        {"certain": one_certain, "bounded": one_bounded, "scrub": one_scrub},
        rounds=ROUNDS,
        calls=CALLS,
    )
    table(
        (f"µs a call, {ROUNDS} rounds of {CALLS}", "median", "p99 of rounds", "a second"),
        (
            line_of(f"estimate of {len(planned)} lines, where the payer answered all", times["certain"]),
            line_of(f"{len(covers())} coverages in turn, most silent about something", times["bounded"]),
            line_of(f"scrub: {len(loaded.rules)} rules, {len(CLAIMS)} claims in turn", times["scrub"]),
        ),
    )
    print("  No peer was compared.")


if __name__ == "__main__":
    main()
