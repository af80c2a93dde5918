"""Which claim a payer speaks of: its report beside what the office sent."""

from collections.abc import Iterable

import attrs

from medoffice.billing.claims.claim import Claim
from medoffice.billing.claims.status import ReportedClaim, StatusReport


@attrs.frozen(kw_only=True)
class Matched:
    """What belongs together and what is left over on either side; nothing is lost.

    ``pairs`` keeps the order of the reports, and names a claim as often as it was spoken of. ``unknown`` are
    those that no claim of the office bears the number of, or more than one: a person must look.
    """

    pairs: tuple[tuple[Claim, ReportedClaim], ...]
    unknown: tuple[ReportedClaim, ...]
    unanswered: tuple[Claim, ...]


def matched(claims: Iterable[Claim], reports: Iterable[StatusReport]) -> Matched:
    """Match by the office's own claim number, letter by letter.

    Some payers send only what their system kept of a number, in capitals; as a number that is close may be
    another patient's, only capitals and small letters are taken as one, and only where no two claims differ by
    nothing else.
    """
    sent = tuple(claims)
    by_number: dict[str, list[Claim]] = {}
    for claim in sent:
        by_number.setdefault(claim.number.upper(), []).append(claim)
    pairs: list[tuple[Claim, ReportedClaim]] = []
    unknown: list[ReportedClaim] = []
    for report in reports:
        for said in report.claims:
            alike = by_number.get(said.number.strip().upper(), [])
            exact = [claim for claim in alike if claim.number == said.number.strip()]
            meant = exact or alike
            if len(meant) == 1:
                pairs.append((meant[0], said))
            else:
                unknown.append(said)
    answered = {id(claim) for claim, _ in pairs}
    return Matched(
        pairs=tuple(pairs),
        unknown=tuple(unknown),
        unanswered=tuple(claim for claim in sent if id(claim) not in answered),
    )
