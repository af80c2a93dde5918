"""The proof of prices, on a small made-up release of CMS's layout."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import rmtree
from typing import Final, Protocol

import pytest

from medoffice.office.folder import create_office, make_demo, open_office

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


def test_of_two_tracks_one_is_proven(run: Run, release: Path) -> None:
    """With two files of relative values the track has to be said; each is proven with its own factor."""
    (release / "PPRRVU2025_Oct.csv").rename(release / "PPRRVU2025_Oct_nonQPP.csv")
    (release / "PPRRVU2025_Oct_QPP.csv").write_text(_RVU.replace("32.3465", "32.5000"))
    bare = run("prices", "prove", str(release), "--on", "2025-10-15", bare=True)
    assert (bare.code, "--track" in bare.err) == (1, True)
    found = {}
    for track in ("non-qpp", "qpp"):
        said = run("prices", "prove", str(release), "--on", "2025-10-15", "--track", track, bare=True)
        found[track] = (said.code, "matched 2/2" in said.out)
    assert found == {"non-qpp": (0, True), "qpp": (1, False)}


def test_a_cent_off_is_no_match(run: Run, release: Path) -> None:
    """And the command ends with an error."""
    (release / "OPPSCAP_Oct.csv").write_text(_CAP.replace("51.24,51.24", "51.24,51.25"))
    said = run("prices", "prove", str(release), "--on", "2025-10-15", bare=True)
    assert (said.code, "matched 1/2 compared" in said.out) == (1, True)
    assert "70000-TC in 10112-00: in the office $51.25 is published, $51.24 comes out\n" in said.out
    assert "in a facility" not in said.out


def test_a_price_of_one_track_is_found_wrong(run: Run, release: Path) -> None:
    """With QPP and non-QPP files of one release, only the proof of the track whose price is wrong fails, by row.

    By hand: TC is 1.58400 x the factor, 26 is (1 + 0.5 x 0.869 + 0.05 x 0.575) x it: 52.91 and 101.78, 53.17 and 102.29.
    """
    for kind, factor, technical, whole in (
        ("nonQPP", "33.4009", "52.91", "101.78"),
        ("QPP", "33.5675", "53.17", "102.30"),
    ):
        (release / f"PPRRVU2026_{kind}.csv").write_text(_RVU.replace("32.3465", factor))
        cap = _CAP.replace("51.24,51.24", f"{technical},{technical}").replace(
            "98.57,98.57", f"{whole},{whole}"
        )
        (release / f"OPPSCAP2026_{kind}.csv").write_text(cap)
    (release / "PPRRVU2025_Oct.csv").unlink()
    (release / "OPPSCAP_Oct.csv").unlink()
    good = run("prices", "prove", str(release), "--on", "2026-02-01", "--track", "non-qpp", bare=True)
    assert (good.code, "matched 2/2 compared" in good.out) == (0, True), good.out
    bad = run("prices", "prove", str(release), "--on", "2026-02-01", "--track", "qpp", bare=True)
    assert (bad.code, "matched 1/2 compared" in bad.out) == (1, True), bad.out
    assert (
        "70000 in 10112-00: in a facility $102.30 is published, $102.29 comes out; in the office" in bad.out
    )


def test_many_differences_are_cut_short(run: Run, release: Path) -> None:
    """Twenty of them, and how many more."""
    wrong = "70000,TC,A,10112,00,51.25,51.24\n"
    (release / "OPPSCAP_Oct.csv").write_text(_CAP.splitlines()[0] + "\n" + wrong * 23)
    said = run("prices", "prove", str(release), "--on", "2025-10-15", bare=True)
    assert (said.code, said.out.count("is published"), "and 3 more" in said.out) == (1, 20, True)


def test_a_demo_office_plans_and_estimates_without_any_table(run: Run, tmp_path: Path) -> None:
    """Of some payer the flat rate is what is allowed, of another nothing is known and it is said why."""
    folder = tmp_path / "demo"
    make_demo(folder)
    with closing(open_office(folder)) as office:
        waiting = [row.appointment for row in office.board() if row.where.value == "expected"]
    found = set()
    for id in waiting[:4]:
        planned = run("--office", str(folder), "prices", "plan", str(id), "99213=office-visit", bare=True)
        assert (planned.code, "$145.00" in planned.out) == (0, True), planned.err
        page = run("--office", str(folder), "estimate", str(id), bare=True).out
        assert "Office visit: the price is $145.00" in page
        for amount in ("$98.00", "$104.50", "not known"):
            if amount in planned.out:
                found.add(amount)
                assert (f"the plan allows {amount}" in page) is (amount != "not known")
    assert found == {"$98.00", "$104.50", "not known"}


def test_a_missing_file_and_a_broken_one(run: Run, release: Path) -> None:
    """Say what to do."""
    (release / "GPCI2025.csv").write_text("nothing")
    broken = run("prices", "prove", str(release), "--on", "2025-10-15", bare=True)
    assert (broken.code != 0, "GPCI file" in broken.err) == (True, True)
    (release / "GPCI2025.csv").unlink()
    missing = run("prices", "prove", str(release), "--on", "2025-10-15", bare=True)
    assert (missing.code != 0, "no file GPCI*.csv" in missing.err) == (True, True)


@pytest.fixture
def files(release: Path) -> Path:
    """The release, and the ZIP codes."""
    (release / "ZIP5_OCT2025.txt").write_text("AL350041011200 \n")
    return release


_DAYS: Final = ("--from", "2025-10-01", "--until", "2025-12-31")


def paths(folder: Path) -> list[str]:
    return [str(each) for each in sorted(folder.iterdir()) if each.is_file()]


@pytest.fixture
def at(run: Run, tmp_path: Path) -> Run:
    """Commands on an office of the test's own, since tables stay loaded."""
    folder = tmp_path / "office"
    create_office(folder, name="North", zone="America/Chicago")

    def on_it(*arguments: str) -> SaidLike:
        return run("--office", str(folder), *arguments, bare=True)

    return on_it


def test_tables_are_loaded_and_listed(at: Run, files: Path) -> None:
    """Each file says what it is; again it is loaded already; the list has days, rows and digest."""
    assert "No table is loaded" in at("data", "list").out
    first = at("data", "add", *paths(files), *_DAYS)
    assert (first.code, first.out.count("Loaded: ")) == (0, 4), first.err
    again = at("data", "add", *paths(files), *_DAYS)
    assert (again.code, again.out.count("Already loaded: ")) == (0, 4)
    listed = at("data", "list").out
    assert all(word in listed for word in ("gpci", "rvu", "zip5", "oppscap", "2025-12-31", "all"))


def test_a_file_that_cannot_be_read_is_named(at: Run, files: Path) -> None:
    """With the row, and the others before it stay loaded."""
    (files / "ZIP5_OCT2025.txt").write_text("AL350041011200 \nnothing\n")
    said = at("data", "add", *paths(files), *_DAYS)
    assert (said.code, said.out.count("Loaded: "), "row 2" in said.err) == (1, 3, True)
    assert "ZIP5_OCT2025.txt is not loaded" in said.err
    wrong = at("data", "add", *paths(files), "--from", "2025-13-01", "--until", "2025-12-31")
    assert (wrong.code, "--from" in wrong.err) == (1, True)


def test_a_price_with_its_steps_and_editions(at: Run, files: Path) -> None:
    """By hand: (1.00 + 2.50 x 0.869 + 0.15 x 0.575) x 32.3465 is 105.41; with 26 it is 47.33."""
    at("data", "add", *paths(files), *_DAYS)
    whole = at("prices", "show", "70000", "--zip", "35004", "--on", "2025-10-15")
    assert whole.code == 0, whole.err
    assert "$105.41" in whole.out
    assert "PPRRVU2025_Oct.csv: 2025-10-01/2025-12-31, 3 rows, SHA-256 " in whole.out
    part = at("prices", "show", "70000-26", "--locality", "10112-00", "--on", "2025-10-15", "--facility")
    assert ("$47.33" in part.out, "in a facility" in part.out) == (True, True)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (("70000", "--zip", "35004", "--on", "2026-01-01"), "No table rvu is loaded for 2026-01-01"),
        (("70000", "--zip", "99999", "--on", "2025-10-15"), "ZIP code is not among"),
        (("70000", "--on", "2025-10-15"), "prices.toml"),
        (("70001", "--zip", "35004", "--on", "2025-10-15"), "not listed"),
        (("70000-22", "--zip", "35004", "--on", "2025-10-15"), "no rule of price"),
        (("7000", "--zip", "35004", "--on", "2025-10-15"), "procedure code"),
        (("70000", "--zip", "35004", "--on", "2025-10-15", "--track", "qpp"), "conversion factor"),
        (("70000", "--locality", "1-0", "--on", "2025-10-15"), "10112-00"),
    ],
)
def test_what_has_no_price_says_why(at: Run, files: Path, asked: tuple[str, ...], why: str) -> None:
    """And the command ends with an error, never with a price."""
    at("data", "add", *paths(files), *_DAYS)
    said = at("prices", "show", *asked)
    assert (said.code, said.out, why in said.err) == (1, "", True), said.err


def test_a_changed_table_is_refused_and_can_be_taken_away(at: Run, files: Path, tmp_path: Path) -> None:
    """Listed as changed, with an error; taken away by its digits."""
    at("data", "add", str(files / "GPCI2025.csv"), *_DAYS)
    (table,) = (tmp_path / "office" / "tables").glob("*.table")
    table.write_bytes(table.read_bytes() + b" ")
    listed = at("data", "list")
    assert (listed.code, "CHANGED OR LOST" in listed.out) == (1, True)
    assert at("data", "remove", "00").code == 1
    gone = at("data", "remove", table.stem[:12])
    assert (gone.code, "Taken away: gpci" in gone.out) == (0, True)


def test_a_visit_is_planned(at: Run, tmp_path: Path) -> None:
    """Its charge out of the price list; what nobody tells is said; the estimate goes by the plan."""
    rmtree(tmp_path / "office")
    make_demo(tmp_path / "office")
    board = at("board", "--once", "--ids").out
    id = next(line.split()[-1] for line in board.splitlines() if "expected" in line)
    (tmp_path / "office" / "prices.toml").unlink()
    refused = at("prices", "plan", id, "99213-25=office-visit")
    assert (refused.code, "price list" in refused.err) == (1, True)
    (tmp_path / "office" / "prices.toml").write_text(
        '[[charges]]\nsince = 2020-01-01\nbecause = "list"\nby_code = { 99213 = "$187.65" }\n'
    )
    planned = at("prices", "plan", id, "99213-25x2=office-visit")
    assert (planned.code, "$375.30" in planned.out, "not known" in planned.out) == (0, True, True)
    assert at("estimate", id).code == 0
    assert at("prices", "plan", id, "99214=office-visit").code == 1
    assert at("prices", "plan", id, "99213").code == 1
    assert at("prices", "plan", "apt-none", "99213=office-visit").code == 1
