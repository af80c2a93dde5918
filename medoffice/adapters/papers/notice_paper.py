"""What goes into the blanks of an ABN, to be copied to the official form.

CMS wants its own form CMS-R-131, used as it is, so this paper does not look like it and says so. The names of the blanks A
to J were read in CMS's instructions as restated (anesthesiabilling.com, August 2017; medicarepaymentandreimbursement.com,
November 2011); that no Medicare or Social Security number stands in C, in the latter.
"""

from collections.abc import Iterator
from datetime import date

from medoffice.adapters.papers.letterhead import Letterhead
from medoffice.adapters.papers.sheet import Block, Facts, Heading, Paragraph, Sheet
from medoffice.adapters.papers.words import NoticeWords, PaperWords, paper_words_in
from medoffice.billing.beneficiary_notice import Notice, NoticeLine, NoticeRefused, NoticeSigned
from medoffice.core import DateRange, Language, PersonName


def notice_paper(
    notice: Notice, patient: PersonName, head: Letterhead, *, stands: DateRange, language: Language
) -> Sheet:
    """The sheet for one notice; ``stands`` are the days of service that it can cover.

    Raises:
        UnknownName: when there are no words in the language.
    """
    words = paper_words_in(language)
    return Sheet(
        title=words.notice.title,
        language=language,
        office=head.name,
        under=head.under,
        blocks=(
            Paragraph(
                words.notice.copy.format(expires=_on_the_form(notice.paper.form_expires)), is_strong=True
            ),
            Facts(tuple(_blanks(notice, patient, head, words.notice))),
            Paragraph(words.notice.own_number),
            Heading(words.notice.options_head),
            Facts(tuple((str(option.value), said) for option, said in words.notice.options.items())),
            Heading(words.notice.answer_head),
            *_answer(notice, words, stands),
        ),
        page=words.page,
    )


def _blanks(
    notice: Notice, patient: PersonName, head: Letterhead, say: NoticeWords
) -> Iterator[tuple[str, str]]:
    def blank(letter: str, text: str) -> tuple[str, str]:
        return f"({letter}) {say.blanks[letter]}", text

    yield blank("A", ", ".join((head.name, *head.under)))
    yield blank("B", patient.spoken)
    number = notice.paper.appointment or f"{notice.paper.patient}/{notice.number}"
    yield blank("C", str(number))
    for line in notice.paper.lines:
        yield blank("D", line.words)
        yield blank("E", say.reasons[line.reason])
        yield blank("F", _cost(line, say))
    yield blank("H", say.none)
    yield blank("I", say.by_hand)
    yield blank("J", say.by_hand)


def _cost(line: NoticeLine, say: NoticeWords) -> str:
    least, most = line.estimate.at_least, line.estimate.at_most
    return str(most) if least == most else say.between.format(least=least, most=most)


def _answer(notice: Notice, words: PaperWords, stands: DateRange) -> Iterator[Block]:
    say, day = words.notice, words.write_day
    if notice.is_withdrawn:
        yield Paragraph(say.withdrawn)
        return
    match notice.answer:
        case NoticeSigned(signed_on=on, option=option):
            yield Paragraph(say.signed.format(day=day(on), option=option.value))
        case NoticeRefused(refused_on=on):
            yield Paragraph(say.refused.format(day=day(on)))
        case None:
            yield Paragraph(say.waiting)
    if notice.paper.repeats and stands.end is not None:
        yield Paragraph(say.stands.format(first=day(stands.start), last=day(stands.end)))


def _on_the_form(day: date) -> str:
    return f"{day:%m/%d/%Y}"
