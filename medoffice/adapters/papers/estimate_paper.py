"""A good-faith estimate as a paper for the patient: all that 45 CFR 149.610(c)(1) lists, in words that they can read.

Right above what is booked separately stands that it gets estimates of its own, and below it how to get them ((c)(1)(vii),
of which the end was read as printed at 86 FR 56137). Where to dispute a bill is as practices print it from CMS's form.
"""

from collections.abc import Iterator

import attrs

from medoffice.adapters.papers.letterhead import Letterhead
from medoffice.adapters.papers.sheet import Block, Facts, Heading, Paragraph, Sheet, Table
from medoffice.adapters.papers.words import EstimateWords, PaperWords, paper_words_in
from medoffice.billing.good_faith import ExpectedItem, ExpectedProvider, GoodFaithEstimate
from medoffice.core import Language, Money


@attrs.frozen(kw_only=True)
class EstimateTerms:
    """The terms of a dispute on the day of the estimate: from which excess, and within how many calendar days."""

    threshold: Money
    days: int


def estimate_paper(
    estimate: GoodFaithEstimate,
    head: Letterhead,
    *,
    terms: EstimateTerms,
    language: Language,
    number: int = 1,
) -> Sheet:
    """The paper; ``number`` is which estimate for the visit it is.

    Raises:
        UnknownName: when there are no words in the language.
    """
    words = paper_words_in(language)
    return Sheet(
        title=words.estimate.title,
        language=language,
        office=head.name,
        under=head.under,
        blocks=(
            _about(estimate, words, number),
            *(block for each in estimate.providers for block in _provider(each, words.estimate)),
            *_after(estimate, words, head),
            Heading(words.estimate.good_to_know),
            *(
                Paragraph(words.estimate.disclaimers[code].format(threshold=terms.threshold, days=terms.days))
                for code in estimate.disclaimers
            ),
        ),
        page=words.page,
    )


def _about(estimate: GoodFaithEstimate, words: PaperWords, number: int) -> Facts:
    say, day = words.estimate, words.write_day
    rows = [
        (say.patient, estimate.patient.spoken),
        (say.born, day(estimate.birth_date)),
        (say.service, estimate.primary),
        (say.service_on, say.no_day if estimate.service_on is None else day(estimate.service_on)),
        (say.issued, day(estimate.issued_on)),
    ]
    if number > 1:
        rows.append((say.number, say.replaces.format(number=number)))
    return Facts(tuple(rows))


def _provider(provider: ExpectedProvider, say: EstimateWords) -> Iterator[Block]:
    yield Heading(provider.name)
    rows = [(say.npi, str(provider.npi)), (say.tax_id, str(provider.tax_id)), (say.state, provider.state)]
    if provider.place:
        rows.insert(2, (say.where, provider.place))
    yield Facts(tuple(rows))
    yield Table(
        head=say.head,
        rows=tuple(_item(item, say) for item in provider.items),
        weights=(30, 11, 19, 13, 22),
        right=frozenset({3, 4}),
        total=(say.total_of_provider, "", "", "", str(provider.expected)),
    )


def _item(item: ExpectedItem, say: EstimateWords) -> tuple[str, ...]:
    diagnoses = ", ".join(map(str, item.diagnoses)) or say.not_known
    return (item.words, str(item.service), diagnoses, str(item.units), str(item.charge))


def _after(estimate: GoodFaithEstimate, words: PaperWords, head: Letterhead) -> Iterator[Block]:
    say = words.estimate
    yield Paragraph(say.total.format(total=estimate.total.value), is_strong=True)
    if estimate.recurrence is not None:
        again = estimate.recurrence
        last = words.write_day(again.last_on)
        yield Paragraph(say.again.format(times=again.times, every=again.every, last=last))
    if estimate.left_out:
        yield Paragraph(say.left_out.format(what="; ".join(estimate.left_out)))
    if estimate.separately:
        yield Paragraph(say.separately)
        yield from (Paragraph(f"\N{EN DASH} {each}") for each in estimate.separately)
        asked = say.how_to_get.format(phone=head.reached_at) if head.reached_at else say.how_to_get_here
        yield Paragraph(asked)
