"""A patient's name stands on the paper, and nowhere else."""

import io
import logging
import re
import traceback
from collections.abc import Callable

import pypdfium2
import pytest
from PIL import Image

from medoffice.adapters.letters import CannotPrint, Slip, render_pdf, render_png

MakeSlip = Callable[..., Slip]
CANARIES = ("Tweetina", "Canarybird")


def test_metadata_names_nobody(make_slip: MakeSlip) -> None:
    """The PDF's title is general, author and subject are empty, and the PNG has no texts at all."""
    pdf = render_pdf(make_slip())
    document = pypdfium2.PdfDocument(pdf)
    told = document.get_metadata_dict()
    document.close()
    assert told["Title"] == "Your appointment"
    assert not any(told[key] for key in ("Author", "Subject", "Keywords", "Creator"))
    picture = Image.open(io.BytesIO(render_png(pdf)))
    picture.load()
    assert set(picture.info) == {"dpi"}


def test_the_name_is_not_in_the_clear_in_the_files(make_slip: MakeSlip) -> None:
    """Outside the page's own drawing, no part of either file holds the name."""
    pdf = render_pdf(make_slip())
    outside = re.sub(rb"stream\r?\n.*?endstream", b"", pdf, flags=re.DOTALL)
    png = render_png(pdf)
    for name in CANARIES:
        for form in (name.encode(), name.encode("utf-16-be"), name.encode("utf-16-be").hex().encode()):
            assert form not in outside
            assert form not in png


def test_fonts_are_in_the_file(make_slip: MakeSlip) -> None:
    """Every font that the PDF names is embedded, so that any machine shows the same letters."""
    pdf = render_pdf(make_slip())
    named = set(re.findall(rb"/BaseFont /([\w+-]+)", pdf))
    inside = set(re.findall(rb"/FontFile2 \d+ 0 R.*?/FontName /([\w+-]+)", pdf, re.DOTALL))
    assert len(named) >= 2
    assert named == inside


def test_no_repr_log_or_exception_tells_the_name(
    make_slip: MakeSlip, caplog: pytest.LogCaptureFixture
) -> None:
    """A slip's repr, the log of printing it, and the traceback of one that cannot be printed name nobody."""
    caplog.set_level(logging.DEBUG)
    slip = make_slip()
    render_png(render_pdf(slip))
    said = [repr(slip), caplog.text]
    with pytest.raises(CannotPrint) as refused:
        render_pdf(make_slip(patient=f"{' '.join(CANARIES)} 王"))
    said += traceback.format_exception(refused.value)
    for name in (*CANARIES, slip.code):
        assert not any(name in text for text in said)
