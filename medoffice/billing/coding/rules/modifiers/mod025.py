"""MOD025: a visit beside a minor procedure, without modifier 25."""

from collections.abc import Iterator
from datetime import date

from medoffice.billing.claims import Claim, ClaimLine
from medoffice.billing.coding.context import CodingContext
from medoffice.billing.coding.global_days import GlobalDays
from medoffice.billing.coding.visits import is_visit
from medoffice.core import Cite, Severity
from medoffice.rules import Fault, NotListed, Unchecked, fires, quiet, rule, unchecked


@rule(
    "MOD025",
    name="visit-beside-minor-procedure-without-25",
    severity=Severity.ERROR,
    since=date(2013, 1, 1),
    cites=(
        Cite("CMS NCCI Policy Manual", "chapter I, section D"),
        Cite("CMS Pub. 100-04", "chapter 12, section 40.1"),
    ),
    fix="If the note shows a visit of its own, add modifier 25; if not, drop the visit.",
    cases=(
        fires("VISIT + MINOR", where="line 1"),
        fires("MINOR + VISIT", where="line 2"),
        fires("VISIT + MINOR10"),
        fires("VISIT-24 + MINOR"),
        quiet("VISIT-25 + MINOR"),
        quiet("VISIT-24-25 + MINOR"),
        quiet("VISIT + MAJOR"),
        quiet("VISIT"),
        quiet("MINOR"),
        quiet("VISIT + OTHER"),
        quiet("VISIT + MINOR day=+1"),
        quiet("VISIT by=A + MINOR by=B"),
        quiet("VISIT + MINOR", on=date(2012, 12, 31)),
        unchecked("VISIT + MINOR | without=global_days"),
        unchecked("VISIT + UNLISTED"),
        unchecked("VISIT + OTHER global=YYY"),
    ),
)
def mod025(claim: Claim, ctx: CodingContext) -> Iterator[Fault | Unchecked]:
    """A visit on the day of a minor procedure is paid within the procedure.

    Deciding on a minor procedure (global period 000 or 010) and the usual work before and after it belong to
    the procedure's payment, for a new patient as well. Only a significant visit of its own, by the same
    clinician on the same day, is paid beside it, and modifier 25 on the visit is how the claim says so. A
    payer that sees none pays the procedure alone.

    Clinicians are the same here when their NPI is; Medicare also takes members of one group and specialty for
    one, which a claim does not show.
    """
    for where, visit in claim.numbered():
        if not is_visit(visit.procedure) or visit.has_modifier("25"):
            continue
        doubtful: list[str] = []
        for beside, line in _beside(claim, visit):
            days = ctx.global_days.look_up(line.procedure, on=line.day)
            if isinstance(days, NotListed) or days is GlobalDays.CARRIER_DECIDES:
                doubtful.append(beside)
            elif days.is_minor:
                yield Fault(
                    f"the visit is on the day of the minor procedure of {beside}, by the same clinician, "
                    "and does not bear modifier 25",
                    where=where,
                    edition=ctx.global_days.edition,
                )
                break
        else:
            for beside in doubtful:
                yield Unchecked(f"the table does not tell the global period of {beside}", where=where)


def _beside(claim: Claim, visit: ClaimLine) -> Iterator[tuple[str, ClaimLine]]:
    for where, line in claim.numbered():
        same = line.day == visit.day and line.rendering == visit.rendering
        if same and not is_visit(line.procedure):
            yield where, line
