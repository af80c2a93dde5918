"""The code on the picture is the code that was issued."""

import io
from collections.abc import Callable
from datetime import UTC, datetime

import zxingcpp
from PIL import Image

from medoffice.adapters.ed25519 import Ed25519Signer, Ed25519Verifier
from medoffice.adapters.letters import Slip, render_pdf, render_png
from medoffice.adapters.letters.layout import lay_out
from medoffice.adapters.letters.symbol import DOT, QUIET_ZONE
from medoffice.checkin.code import CodeAccepted, read_code
from medoffice.core.ids import OfficeId

MakeSlip = Callable[..., Slip]
VERIFIER = Ed25519Verifier.of(Ed25519Signer(bytes(range(32)), 1))


def picture_of(slip: Slip) -> Image.Image:
    return Image.open(io.BytesIO(render_png(render_pdf(slip))))


def test_the_picture_gives_back_the_code(make_slip: MakeSlip) -> None:
    """One QR code is in the picture, it holds exactly the code's bytes, and the kiosk's judge takes it."""
    slip = make_slip()
    found = zxingcpp.read_barcodes(picture_of(slip))
    assert [code.bytes for code in found] == [slip.code.encode()]
    judged = read_code(
        found[0].bytes,
        office=OfficeId("northside"),
        verify=VERIFIER.verify,
        now=datetime(2026, 11, 24, 16, tzinfo=UTC),
    )
    assert isinstance(judged, CodeAccepted)
    assert judged.claims.expires == slip.until


def test_a_small_grey_copy_still_reads(make_slip: MakeSlip) -> None:
    """Copied at a third of its size and pale, as a phone's preview or a tired copier has it, the code reads."""
    slip = make_slip()
    picture = picture_of(slip).convert("L")
    small = picture.resize((picture.width // 3, picture.height // 3)).point(lambda grey: 90 + grey // 2)
    assert [code.bytes for code in zxingcpp.read_barcodes(small)] == [slip.code.encode()]


def test_the_code_is_large_and_has_its_quiet_zone(make_slip: MakeSlip) -> None:
    """It is printed at 35 mm or more at level M, with four modules of white all round, on whole dots."""
    code = lay_out(make_slip()).code
    assert code.symbol.printed_mm >= 35
    picture = picture_of(make_slip()).convert("L")
    dots = code.symbol.dots
    left, top, side = round(code.x / DOT), round(code.top / DOT), round(code.symbol.side / DOT)
    square = picture.crop((left, top, left + side, top + side))
    inner = square.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    margin = QUIET_ZONE * dots
    assert inner == (margin, margin, side - margin, side - margin)
    # A dot at the edge of a module may be off by one part in 255; half-grey ones would mean a module off the dots.
    assert all(grey <= 1 or grey >= 254 for grey, count in enumerate(square.histogram()) if count)
    found = zxingcpp.read_barcodes(picture)
    assert found[0].ec_level == "M"
