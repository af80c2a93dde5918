"""The receipt on paper and as text: all that it says, within the page, in every language, and nobody's name but where it is meant."""

from datetime import date
from itertools import pairwise
from typing import Final

import attrs
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medoffice.adapters.letters import (
    CannotPrint,
    ReceiptPaper,
    languages,
    render_png,
    render_receipt,
    write_text,
)
from medoffice.adapters.letters.layout import HEIGHT, MARGIN, WIDTH
from medoffice.adapters.letters.receipt_paper import WIDTH as LETTERS
from medoffice.adapters.letters.receipt_pdf import lay_out_receipt
from medoffice.adapters.letters.receipt_words import receipt_words_in
from medoffice.billing.account import Means, Split
from medoffice.core import AppointmentId, InvalidValue, Language, Money, PatientId, PaymentId, UnknownName
from medoffice.testing.strategies import receipts
from medoffice.workflows.collection import Part, Receipt

RECEIPT: Final = Receipt(
    number=1204,
    office="Northside Family Medicine",
    day=date(2026, 11, 24),
    patient=PatientId("pat-1"),
    payment=PaymentId("pay-1"),
    appointment=AppointmentId("apt-1"),
    means=Means.CHECK,
    reference="1042",
    split=Split(
        to_visit=Money(30_00), to_balance=Money(1_040_00), to_instalments=Money(25_00), kept=Money(7_01)
    ),
    left_for_visit=Money(3_00),
    left_balance=Money(12_00),
    left_on_plan=Money(75_00),
    deposits=Money(7_01),
)
BIG: Final = 10**12


def paper(receipt: Receipt = RECEIPT, language: str = "en", patient: str = "") -> ReceiptPaper:
    """A receipt with what stands around it."""
    return ReceiptPaper(
        receipt=receipt,
        place="1200 Prairie Avenue, Springfield",
        phone="(312) 555-0100",
        patient=patient,
        language=Language(language),
    )


def page_of(pdf: bytes) -> str:
    """The text of the first page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) == 1
        return str(document[0].get_textpage().get_text_range())
    finally:
        document.close()


def test_all_of_it_stands_on_the_paper_and_in_the_text() -> None:
    """Each part with its amount, how it was paid, and what is left."""
    for said in (page_of(render_receipt(paper())), write_text(paper())):
        for part in (
            "Receipt no. 1204",
            "Tuesday, November 24, 2026",
            "Your visit",
            "$30.00",
            "Earlier visits",
            "$1,040.00",
            "Your payment plan",
            "$25.00",
            "Kept as your deposit",
            "$7.01",
            "Paid by check, no. 1042",
            "$1,102.01",
            "Left to pay for this visit",
            "$3.00",
            "Left on your payment plan",
            "$75.00",
        ):
            assert part in said
        assert "Nothing is left to pay." not in said
        assert "VOID" not in said


@pytest.mark.parametrize("language", languages(), ids=str)
def test_every_language_has_every_word(language: Language) -> None:
    """For each part, each means, and each place where something is filled in."""
    words = receipt_words_in(language)
    assert set(words.parts) == set(Part)
    assert set(words.total) == set(words.refunded) == set(Means)
    assert "{number}" in words.refund_number
    assert "{day}" in words.visit_day
    assert "{day}" in words.refund_voided
    assert "{number}" in words.number
    assert "{reference}" in words.reference
    assert "{day}" in words.voided
    other = {value for value in attrs.astuple(words, recurse=False) if isinstance(value, str)}
    assert language == Language("en") or not other & set(
        attrs.astuple(receipt_words_in(Language("en")), recurse=False)[:3]
    )


def test_the_day_of_the_visit_stands_there_and_not_what_was_done() -> None:
    """A patient can tell which visit it was for; one for no visit says none."""
    dated = attrs.evolve(RECEIPT, visit_day=date(2026, 11, 23))
    for said in (page_of(render_receipt(paper(dated))), write_text(paper(dated))):
        assert "Visit on Monday, November 23, 2026" in said
    assert "Visit on" not in write_text(paper())


def test_a_refund_has_a_paper_of_its_own() -> None:
    """Its number is one of the receipts'; it says what went back, how, and what is still held."""
    refund = attrs.evolve(
        RECEIPT,
        is_refund=True,
        appointment=None,
        split=Split(kept=Money(20_00)),
        left_for_visit=None,
        left_balance=Money.zero,
        left_on_plan=Money.zero,
    )
    for said in (page_of(render_receipt(paper(refund))), write_text(paper(refund))):
        for part in (
            "Refund no. 1204",
            "Your deposit",
            "Given back by check, no. 1042",
            "$20.00",
            "$7.01",
            "After this refund",
        ):
            assert part in said
        for absent in ("Receipt no.", "Paid by", "Nothing is left"):
            assert absent not in said
    void = write_text(paper(attrs.evolve(refund, voided_on=date(2026, 11, 25)), language="es"))
    assert "Este reembolso se anuló" in " ".join(void.split())


def test_a_language_without_words_is_refused() -> None:
    """It is not silently another."""
    with pytest.raises(UnknownName):
        write_text(paper(language="fr"))


def test_a_void_receipt_says_so_first_and_nothing_of_what_is_left() -> None:
    """The mark stands above everything else; the amounts stay as they were."""
    void = attrs.evolve(RECEIPT, voided_on=date(2026, 11, 25))
    said = write_text(paper(void))
    assert said.index("*** VOID ***") < said.index("Receipt no.")
    assert "voided on Wednesday, November" in said
    assert "Left to pay" not in said
    page = page_of(render_receipt(paper(void, language="es")))
    assert "ANULADO" in page
    assert "$1,102.01" in page
    assert "Falta pagar" not in page


def test_the_name_stands_where_it_is_meant_and_nowhere_else() -> None:
    """On the page; not in the file's metadata, nor in a repr."""
    named = paper(patient="Tweetina Canarybird")
    pdf = render_receipt(named)
    assert "Tweetina Canarybird" in page_of(pdf)
    assert b"Canarybird" not in pdf
    assert "Canarybird" not in repr(named)
    assert "$" not in repr(named)
    assert "Canarybird" not in page_of(render_receipt(paper()))


def test_the_same_receipt_is_the_same_file_and_can_be_pictured() -> None:
    """No clock and no chance in it."""
    assert render_receipt(paper()) == render_receipt(paper())
    assert render_png(render_receipt(paper())).startswith(b"\x89PNG")


@settings(max_examples=60, deadline=None)
@given(receipt=receipts(), language=st.sampled_from(languages()))
def test_the_page_has_room_and_the_text_keeps_its_width(receipt: Receipt, language: Language) -> None:
    """Whatever was paid: nothing leaves the margins or stands on something else, and the parts add up to the total."""
    office = " ".join("".join(filter(str.isalpha, receipt.office)).split()) or "N"
    shown = attrs.evolve(receipt, office=office, reference="T-1", number=receipt.number)
    made = attrs.evolve(paper(shown), language=language)
    assert Money.total(amount for _, amount in made.paid_for) == receipt.amount
    assert all(len(line) <= LETTERS for line in write_text(made).splitlines())
    try:
        laid = lay_out_receipt(made)
    except CannotPrint:
        return
    for line in laid.lines:
        assert line.x >= MARGIN - 0.01
        assert line.x + line.width <= WIDTH - MARGIN + 0.01
        assert line.bottom <= HEIGHT - MARGIN + 0.01
    left = [line for line in laid.lines if line.x == MARGIN]
    assert all(above.bottom <= below.top + 2 for above, below in pairwise(left))
    for each in laid.lines:
        for other in laid.lines:
            if each is not other and each.baseline == other.baseline:
                assert each.x + each.width <= other.x or other.x + other.width <= each.x


def test_amounts_of_any_size_stand_in_their_line() -> None:
    """The largest amounts do not run into their words."""
    split = Split(to_balance=Money(BIG * 100 - 1))
    huge = attrs.evolve(RECEIPT, split=split, left_balance=Money(BIG * 100 - 1))
    said = write_text(paper(huge))
    assert "$999,999,999,999.99" in said
    assert all(len(line) <= LETTERS for line in said.splitlines())
    render_receipt(paper(huge, language="es"))


def test_what_cannot_be_printed_is_refused() -> None:
    """A text that is no line, and letters that the font lacks."""
    with pytest.raises(InvalidValue, match="one line"):
        paper(patient="Two\nLines")
    with pytest.raises(CannotPrint, match="patient's name"):
        render_receipt(paper(patient="\N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET}"))
