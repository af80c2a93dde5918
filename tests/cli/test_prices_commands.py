"""The proof of prices, on a small made-up release of CMS's layout."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

import pytest

_RVU: Final = """\
made up,,,,,,,,,,,,,,,,,,,,,,,,CONV,PHYSICIAN,,,,,
HCPCS,MOD,,,,,,,,,,,,,,,,,,,,,,,FACTOR,SUPERVISION,,,,,
70000,,,A,,1.00,2.50,,2.50,,0.15,,,1,XXX,,,,0,0,0,0,0,,32.3465,09,0,99,0,0,0
70000,TC,,A,,0.00,2.00,,2.00,,0.10,,,1,XXX,,,,0,0,0,0,0,,32.3465,09,0,99,1.75,1.75,0.11
70000,26,,A,,1.00,0.50,,0.50,,0.05,,,1,XXX,,,,0,0,0,0,0,,32.3465,09,0,99,0,0,0
"""
_GPCI: Final = "made up\n10112,AL,00,ALABAMA,1.0,0.869,0.575\n"
_CAP: Final = """\
HCPCS,MOD,PROCSTAT,CARRIER,LOCALITY,FACILITY PRICE,NON-FACILTY PRICE
70000,TC,A,10112,00,51.24,51.24
70000,,A,10112,0,98.57,98.57
70000,TC,A,01112,17,60.00,60.00
"""


class SaidLike(Protocol):
    code: int
    out: str
    err: str


Run = Callable[..., SaidLike]


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """Three files as a practice would download them."""
    (tmp_path / "PPRRVU2025_Oct.csv").write_text(_RVU)
    (tmp_path / "GPCI2025.csv").write_text(_GPCI)
    (tmp_path / "OPPSCAP_Oct.csv").write_text(_CAP)
    return tmp_path


def test_every_price_comes_out(run: Run, release: Path) -> None:
    """By hand: TC (1.75 x 0.869 + 0.11 x 0.575) x 32.3465 = 51.24; with 26, 47.33 more before rounding."""
    said = run("prices", "prove", str(release), "--on", "2025-10-15", bare=True)
    assert said.code == 0, said.err
    assert "matched 2/2 compared" in said.out
    assert "1 rows could not be compared" in said.out
    assert "PPRRVU2025_Oct.csv: 3 rows, SHA-256 " in said.out


def test_a_cent_off_is_no_match(run: Run, release: Path) -> None:
    """And the command ends with an error."""
    (release / "OPPSCAP_Oct.csv").write_text(_CAP.replace("51.24,51.24", "51.24,51.25"))
    said = run("prices", "prove", str(release), "--on", "2025-10-15", bare=True)
    assert (said.code, "matched 1/2 compared" in said.out) == (1, True)


def test_a_missing_file_and_a_broken_one(run: Run, release: Path) -> None:
    """Say what to do."""
    (release / "GPCI2025.csv").write_text("nothing")
    broken = run("prices", "prove", str(release), "--on", "2025-10-15", bare=True)
    assert (broken.code != 0, "GPCI file" in broken.err) == (True, True)
    (release / "GPCI2025.csv").unlink()
    missing = run("prices", "prove", str(release), "--on", "2025-10-15", bare=True)
    assert (missing.code != 0, "no file GPCI*.csv" in missing.err) == (True, True)
