"""What the papers about money say, in each language, and that text and PDF say the same."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import attrs
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medoffice.adapters.letters import CannotPrint, render_sheet
from medoffice.adapters.letters.sheet_layout import (
    FLOOR,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SHEET_MARGIN,
    lay_out_sheet,
)
from medoffice.adapters.papers import (
    EstimateTerms,
    Facts,
    Heading,
    Letterhead,
    Paragraph,
    Sheet,
    Table,
    estimate_paper,
    notice_paper,
    paper_language_for,
    paper_languages,
    sheet_text,
)
from medoffice.adapters.papers.words import paper_words_in
from medoffice.billing.beneficiary_notice import (
    OPTIONS,
    CostEstimate,
    DenialReason,
    Notice,
    NoticeGiven,
    NoticeLine,
    NoticeOption,
    NoticeRefused,
    NoticeSigned,
)
from medoffice.billing.good_faith import (
    DISCLAIMERS,
    ExpectedItem,
    ExpectedProvider,
    GoodFaithEstimate,
    Recurrence,
)
from medoffice.core import (
    EIN,
    ICD10CM,
    NPI,
    ActorId,
    AppointmentId,
    DateRange,
    HCPCSCode,
    InvalidValue,
    Language,
    Money,
    PatientId,
    PersonName,
    UnknownName,
)
from medoffice.testing.strategies import good_faith_estimates

ENGLISH, SPANISH = Language("en"), Language("es")
BOTH = pytest.mark.parametrize("language", [ENGLISH, SPANISH], ids=str)
HEAD = Letterhead(
    name="Northside Family Medicine",
    place="1200 Prairie Avenue, Springfield, IL",
    reached_at="(312) 555-0100",
)
TERMS = EstimateTerms(threshold=Money(40000), days=120)
ESTIMATE = GoodFaithEstimate(
    patient=PersonName(family="Canarybird", given="Tweetina"),
    birth_date=date(1931, 7, 19),
    issued_on=date(2026, 11, 24),
    service_on=date(2026, 12, 8),
    primary="Yearly check-up",
    providers=(
        ExpectedProvider(
            name="Ruth Okafor, MD (Northside)",
            npi=NPI("1234567893"),
            tax_id=EIN("123456789"),
            state="IL",
            place="1200 Prairie Avenue, Springfield, IL",
            items=(
                ExpectedItem(
                    service=HCPCSCode("G0439"),
                    words="yearly visit",
                    diagnoses=(ICD10CM("Z00.00"),),
                    charge=Money(21000),
                ),
                ExpectedItem(
                    service=HCPCSCode("G0444"), words="talk about mood", units=2, charge=Money(4050)
                ),
            ),
        ),
    ),
    separately=("a colonoscopy",),
    left_out=("the laboratory",),
    recurrence=Recurrence(every="every month", times=12, last_on=date(2027, 11, 8)),
)
PAPER = NoticeGiven(
    at=datetime(2026, 11, 24, 15, 0, tzinfo=UTC),
    on=date(2026, 11, 24),
    patient=PatientId("pat-ana"),
    number=3,
    appointment=AppointmentId("apt-1"),
    lines=(
        NoticeLine(
            service=HCPCSCode("G0103"),
            words="blood test",
            reason=DenialReason.TOO_FREQUENT,
            estimate=CostEstimate(at_least=Money(2500), at_most=Money(6001)),
        ),
    ),
    form_expires=date(2029, 3, 31),
    by=ActorId("desk-1"),
)
STANDS = DateRange(date(2026, 11, 24), date(2027, 11, 24))


def estimated(estimate: GoodFaithEstimate = ESTIMATE, language: Language = ENGLISH, number: int = 1) -> Sheet:
    """The paper of an estimate."""
    return estimate_paper(estimate, HEAD, terms=TERMS, language=language, number=number)


def noticed(notice: Notice, language: Language = ENGLISH) -> Sheet:
    """The paper of a notice."""
    patient = PersonName(family="Canarybird", given="Tweetina")
    return notice_paper(notice, patient, HEAD, stands=STANDS, language=language)


def flat(text: str) -> str:
    """A text as one line."""
    return " ".join(text.split())


def words_of(sheet: Sheet) -> Iterator[str]:
    """Every text of a sheet."""
    yield from (sheet.office, *sheet.under)
    for block in sheet.blocks:
        match block:
            case Heading(text=text) | Paragraph(text=text):
                yield text
            case Facts(rows=rows):
                yield from (each for row in rows for each in row)
            case Table():
                yield from block.head
                yield from (each for row in (*block.rows, block.total or ()) for each in row)


def pdf_text(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = []
        for number in range(len(document)):
            page = document[number]
            found = page.get_textpage()
            texts.append(str(found.get_text_range()))
            found.close()
            page.close()
    finally:
        document.close()
    return texts


@BOTH
def test_an_estimate_says_all_that_the_rule_lists(language: Language) -> None:
    """Patient, birth, service and day, codes, diagnosis or that it is unknown, charges, provider, what is not in it."""
    text = flat(sheet_text(estimated(language=language)))
    say = paper_words_in(language).estimate
    for wanted in (
        *("Tweetina Canarybird", "1931", "Yearly check-up", "2026"),
        *("Ruth Okafor, MD (Northside)", "1234567893", "12-3456789", "Springfield, IL"),
        *("yearly visit", "G0439", "Z00.00", "$210.00", "$40.50", "$250.50"),
        *("a colonoscopy", "the laboratory", "every month", "(312) 555-0100"),
        *("$400.00", "120", "www.cms.gov/nosurprises", flat(say.separately)),
    ):
        assert wanted in text
    assert say.not_known.split()[0] in text


@BOTH
def test_every_disclaimer_and_reason_and_option_has_its_words(language: Language) -> None:
    """None is missing in a language, and none is there twice."""
    words = paper_words_in(language)
    assert words.estimate.disclaimers.keys() == DISCLAIMERS.keys()
    assert words.notice.reasons.keys() == set(DenialReason)
    assert words.notice.options.keys() == OPTIONS.keys()
    for texts in (words.estimate.disclaimers, words.notice.reasons, words.notice.options):
        said = [str(text) for text in texts.values()]
        assert len(set(said)) == len(said)
        assert all(text.endswith(".") for text in said)


def test_each_language_has_words_of_its_own() -> None:
    """No sentence is the same in both; another country's Spanish is Spanish, another language English."""
    english, spanish = map(paper_words_in, (ENGLISH, SPANISH))
    for one, other in (
        (english.estimate.disclaimers, spanish.estimate.disclaimers),
        (english.notice.reasons, spanish.notice.reasons),
        (english.notice.options, spanish.notice.options),
    ):
        assert not set(one.values()) & set(other.values())
    assert paper_languages() == (ENGLISH, SPANISH)
    assert paper_language_for(Language("es-MX")) == SPANISH
    assert paper_language_for(Language("zh-Hans")) == ENGLISH
    with pytest.raises(UnknownName):
        paper_words_in(Language("zh-Hans"))


def test_a_new_estimate_says_that_it_takes_the_place_of_the_former() -> None:
    """The first says nothing of it; one without a day says that there is none yet."""
    assert "takes the place" not in sheet_text(estimated())
    assert "No. 2; it takes the place of the one before" in sheet_text(estimated(number=2))
    assert "no day is set yet" in sheet_text(estimated(attrs.evolve(ESTIMATE, service_on=None)))


def test_without_a_telephone_one_asks_at_the_desk() -> None:
    """The list of what is booked separately always says how to get estimates for it."""
    bare = estimate_paper(ESTIMATE, Letterhead(name="Northside"), terms=TERMS, language=ENGLISH)
    assert "speak to us at the desk" in flat(sheet_text(bare))


@BOTH
def test_a_notice_has_every_blank_of_the_form(language: Language) -> None:
    """A to J in order, the reason in plain words, the cost, the form it is copied to; G is the patient's own."""
    sheet = noticed(Notice(paper=PAPER), language)
    (blanks, options) = (block for block in sheet.blocks if isinstance(block, Facts))
    assert [label[1] for label, _ in blanks.rows] == list("ABCDEFHIJ")
    assert [label for label, _ in options.rows] == ["1", "2", "3"]
    text = flat(sheet_text(sheet))
    for wanted in (
        "Tweetina Canarybird",
        "blood test",
        "$25.00",
        "$60.01",
        "CMS-R-131",
        "03/31/2029",
        "apt-1",
    ):
        assert wanted in text
    assert paper_words_in(language).notice.reasons[DenialReason.TOO_FREQUENT] in dict(blanks.rows).values()


def test_a_notice_says_what_was_answered() -> None:
    """Nothing yet, the option and its day, a refusal, a withdrawal; and for a course until when it stands."""
    signed = NoticeSigned(
        at=PAPER.at,
        on=PAPER.on,
        patient=PAPER.patient,
        number=3,
        signed_on=date(2026, 11, 25),
        option=NoticeOption.PAY_MYSELF,
        seen_by=ActorId("desk-1"),
    )
    refused = NoticeRefused(
        at=PAPER.at,
        on=PAPER.on,
        patient=PAPER.patient,
        number=3,
        refused_on=date(2026, 11, 25),
        witnesses=(ActorId("nurse-1"),),
        wants_service=True,
    )
    course = attrs.evolve(PAPER, repeats=True, appointment=None)
    for notice, wanted in (
        (Notice(paper=PAPER), "Not answered yet."),
        (Notice(paper=PAPER, answer=signed), "Signed on November 25, 2026, option 2."),
        (Notice(paper=PAPER, answer=refused), "would not sign on November 25, 2026"),
        (Notice(paper=PAPER, answer=signed, is_withdrawn=True), "Withdrawn"),
        (Notice(paper=course, answer=signed), "from November 24, 2026 to November 24, 2027"),
        (Notice(paper=course), "pat-ana/3"),
    ):
        assert wanted in flat(sheet_text(noticed(notice)))


@BOTH
def test_the_pdf_says_what_the_text_says(language: Language) -> None:
    """Every word of the sheet stands in the file as real text, and the language is told."""
    for sheet in (estimated(language=language), noticed(Notice(paper=PAPER), language)):
        pdf = render_sheet(sheet)
        found = flat(" ".join(pdf_text(pdf)))
        for text in words_of(sheet):
            assert set(text.replace("-", "- ").split()) <= set(found.replace("-", "- ").split()), text
        assert f"/Lang ({language})".encode() in pdf


def test_the_file_names_nobody() -> None:
    """Neither title nor any other metadata; the same sheet is the same bytes."""
    pdf = render_sheet(estimated())
    document = pypdfium2.PdfDocument(pdf)
    metadata = document.get_metadata_dict()
    document.close()
    assert metadata["Title"] == "Good-faith estimate of what your care will cost"
    assert "Canary" not in str(metadata)
    assert render_sheet(estimated()) == pdf
    assert "Canary" not in repr(estimated())


@settings(max_examples=25)
@given(st.integers(1, 90), st.integers(1, 40))
def test_nothing_leaves_the_page_or_runs_into_anything(count: int, length: int) -> None:
    """However many items with however long words: all lines lie within the margins, one row below the other."""
    item = ESTIMATE.providers[0].items[0]
    long = attrs.evolve(item, words=" ".join(["wide words"] * length))
    provider = attrs.evolve(ESTIMATE.providers[0], items=(long,) * count)
    pages = lay_out_sheet(estimated(attrs.evolve(ESTIMATE, providers=(provider,))))
    for page in pages:
        *lines, foot = page.lines
        assert lines
        for line in lines:
            assert line.x >= SHEET_MARGIN
            assert line.x + line.width <= PAGE_WIDTH - SHEET_MARGIN + 0.01
            assert line.top >= SHEET_MARGIN - 0.01
            assert line.bottom <= FLOOR + 1
        assert foot.bottom <= PAGE_HEIGHT - SHEET_MARGIN + 0.01
        ends: dict[float, float] = {}
        for line in lines:
            assert line.top >= ends.get(line.x, 0) - 1.5
            ends[line.x] = line.bottom
    shown = sum(line.text == "G0439" for page in pages for line in page.lines)
    assert shown == count


def test_pages_are_numbered() -> None:
    """A long estimate takes several, each says which it is of how many; no last page is empty."""
    item = ESTIMATE.providers[0].items[0]
    provider = attrs.evolve(ESTIMATE.providers[0], items=(item,) * 60)
    pages = pdf_text(render_sheet(estimated(attrs.evolve(ESTIMATE, providers=(provider,)))))
    assert len(pages) > 1
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
        assert len(text.split()) > 10
    assert len(pdf_text(render_sheet(estimated(language=SPANISH)))) == 1


@pytest.mark.parametrize("count", range(1, 80))
def test_no_page_is_empty(count: int) -> None:
    """Wherever the text ends, and the room below it, each page has more than its number."""
    sheet = Sheet(
        title="Paper",
        language=ENGLISH,
        office="Northside",
        blocks=(Paragraph("word"),) * count,
        page="Page {number} of {count}",
    )
    assert all(len(page.lines) > 1 for page in lay_out_sheet(sheet))


def test_what_cannot_be_printed_right_is_refused() -> None:
    """A name from right to left, and a row with more text than a page has room for."""
    arabic = attrs.evolve(ESTIMATE, patient=PersonName(family="حداد"))
    with pytest.raises(CannotPrint):
        render_sheet(estimated(arabic))
    endless = attrs.evolve(ESTIMATE.providers[0].items[0], words="very long " * 900)
    provider = attrs.evolve(ESTIMATE.providers[0], items=(endless,))
    with pytest.raises(CannotPrint):
        render_sheet(estimated(attrs.evolve(ESTIMATE, providers=(provider,))))


@given(good_faith_estimates(), st.integers(20, 120))
def test_text_of_any_estimate_loses_no_word(estimate: GoodFaithEstimate, width: int) -> None:
    """At any width: names, codes and charges all stand in it."""
    text = "".join(sheet_text(estimated(estimate), width=width).split())
    for provider in estimate.providers:
        assert str(provider.npi) in text
        assert "".join(provider.name.split()) in text


def test_what_cannot_be_is_refused() -> None:
    """A table with a row too short, and an office without a name."""
    with pytest.raises(InvalidValue):
        Table(head=("a", "b"), rows=(("x",),), weights=(1, 1))
    with pytest.raises(InvalidValue):
        Table(head=("a",), rows=(), weights=(0,))
    with pytest.raises(InvalidValue):
        Letterhead(name=" ")
