"""What a slip says, as a screen reader or a search finds it in the PDF."""

import unicodedata
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from medoffice.adapters.letters import CannotPrint, Slip, language_for, languages, render_pdf, render_png
from medoffice.adapters.letters.layout import lay_out
from medoffice.adapters.letters.words import words_in
from medoffice.core.errors import InvalidValue, UnknownName
from medoffice.core.people import Language

MakeSlip = Callable[..., Slip]


def text_of(pdf: bytes) -> list[str]:
    """The lines of the only page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) == 1
        page = document[0]
        text = page.get_textpage()
        lines = [line.strip() for line in str(text.get_text_range()).splitlines()]
        text.close()
        page.close()
    finally:
        document.close()
    return lines


def test_the_text_of_the_pdf_is_the_text_of_the_layout(make_slip: MakeSlip) -> None:
    """Real text stands in the PDF, line by line in reading order, and it is what was laid out."""
    slip = make_slip()
    lines = text_of(render_pdf(slip))
    assert lines == [line.text for line in lay_out(slip).lines]
    for wanted in (
        "Northside Family Medicine",
        "1200 Prairie Avenue, Springfield",
        "Tuesday, November 24, 2026",
        "10:00 AM",
        "Tweetina Canarybird",
        "Ruth Okafor, MD",
        "At the kiosk, hold this code in front of the camera.",
        "One use. Good until 11:59 PM on Tuesday, November 24, 2026.",
    ):
        assert wanted in lines


def test_a_slip_in_spanish(make_slip: MakeSlip) -> None:
    """In Spanish, day, time and every sentence are Spanish, and the file says so."""
    pdf = render_pdf(
        make_slip(
            language=Language("es"),
            starts=datetime(2026, 9, 30, 13, 5, tzinfo=ZoneInfo("America/Chicago")),
        )
    )
    lines = text_of(pdf)
    assert "Miércoles, 30 de septiembre de 2026" in lines
    assert "1:05 p. m." in [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]
    assert "En el quiosco, ponga este código frente a la cámara." in lines
    assert not {"With", "For", "Please bring"} & set(lines)
    assert b"/Lang (es)" in pdf


@pytest.mark.parametrize(
    ("hour", "en", "es"), [(0, "12:07 AM", "12:07 a. m."), (12, "12:07 PM", "12:07 p. m.")]
)
def test_noon_and_midnight(hour: int, en: str, es: str) -> None:
    """Twelve at night is AM, twelve at noon is PM."""
    moment = datetime(2026, 1, 1, hour, 7).time()  # noqa: DTZ001 -- a time of day has no zone
    assert words_in(Language("en")).write_time(moment) == en
    assert words_in(Language("es")).write_time(moment).replace("\N{NO-BREAK SPACE}", " ") == es


def test_languages_are_files() -> None:
    """English and Spanish are there; a region falls back on its language, an unknown one on English."""
    assert {language.value for language in languages()} == {"en", "es"}
    assert language_for(Language("es-MX")) == Language("es")
    assert language_for(Language("vi")) == Language("en")
    with pytest.raises(UnknownName):
        words_in(Language("vi"))


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_day_of_a_year_has_its_line(language: str, make_slip: MakeSlip) -> None:
    """Every weekday and month is written on one line, however long its name."""
    for month in range(1, 13):
        for day in range(20, 27):
            starts = datetime(2026, month, day, 12, 30, tzinfo=ZoneInfo("America/Chicago"))
            slip = make_slip(language=Language(language), starts=starts)
            written = words_in(slip.language).write_day(starts.date())
            texts = [line.text for line in lay_out(slip).lines]
            assert written[0].upper() + written[1:] in texts


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Thị Ánh Tuyết",
        "Łukasz Wiśniewski-Żółć",
        "Σωκράτης Παπαδόπουλος",
        "Ирина Щёголева",
        "Ọ́mọ́ladé Adéṣọlá",
        "Þórdís Æsa O’Brien",
    ],
)
def test_names_of_many_origins_are_printed(name: str, make_slip: MakeSlip) -> None:
    """A name in Latin, Greek or Cyrillic letters, with whatever accents, is in the PDF as it is in the record."""
    wanted = unicodedata.normalize("NFC", name).split()
    said = " ".join(text_of(render_pdf(make_slip(patient=name))))
    assert all(part in unicodedata.normalize("NFC", said) for part in wanted)


@pytest.mark.parametrize(
    "name", ["王小明", "محمد العربي", "שרה לוי", "राधिका", "สมชาย", "ກິ່ງແກ້ວ", "Ann\u202eEve", "Eve \U0001fae0"]
)
def test_a_name_that_cannot_be_set_right_is_refused(name: str, make_slip: MakeSlip) -> None:
    """Letters that would come out as boxes, reversed or unjoined stop the slip; the message does not repeat them."""
    with pytest.raises(CannotPrint) as refused:
        render_pdf(make_slip(patient=name))
    assert "patient's name" in str(refused.value)
    assert not set(name) & {letter for letter in str(refused.value) if not letter.isascii()}
    assert text_of(render_pdf(make_slip(patient="")))


def test_the_picture_is_the_page(make_slip: MakeSlip) -> None:
    """The same slip is the same bytes each time; another name is another picture."""
    slip = make_slip()
    pdf = render_pdf(slip)
    assert pdf == render_pdf(slip)
    assert render_png(pdf) == render_png(pdf)
    assert render_png(pdf) != render_png(render_pdf(make_slip(patient="Somebody Else")))


@pytest.mark.parametrize(
    "change",
    [
        {"office": ""},
        {"office": "two\nlines"},
        {"patient": " outer"},
        {"code": "short"},
        {"code": "!" * 142},
        {"starts": datetime(2026, 1, 1, 9)},  # noqa: DTZ001 -- the very mistake
    ],
)
def test_an_impossible_slip_is_no_slip(change: dict[str, object], make_slip: MakeSlip) -> None:
    """A slip without an office, zone or code does not exist."""
    with pytest.raises(InvalidValue):
        make_slip(**change)
