"""The proof of ``medoffice prices prove``. Loads rich."""

from pathlib import Path
from typing import Final

import typer
from rich.text import Text

from medoffice.billing.fees import FeeSchedule, NotForDay, Track
from medoffice.billing.fees.proof import Difference, prove
from medoffice.cli.failures import CannotDo
from medoffice.cli.plain import plain_console
from medoffice.core import DateRange, InvalidValue, parse_day
from medoffice.rules import unknown
from medoffice.wire.cms import read_gpci, read_oppscap, read_pprrvu_csv
from medoffice.wire.cms.kinds.rvu import track_of

_KINDS: Final = ("PPRRVU", "GPCI", "OPPSCAP")
_SHOWN: Final = 20
"""As many rows that differ as a screen holds."""


def prove_prices(folder: Path, *, on: str, track: str = "") -> None:
    """Read the three files, compare, print, the rows that differ too; exit 1 when one does or none could be compared.

    Of a release with files for two tracks those of ``track`` are taken, as their names tell them.

    Raises:
        CannotDo: when a file is missing, there are several of a kind, or one cannot be read.
    """
    if track and track not in {each.value for each in Track}:
        raise unknown("track", track, [each.value for each in Track])
    rvu, gpci, cap = (_file(folder, kind, track) for kind in _KINDS)
    try:
        day = parse_day(on)
        days, whose = DateRange(day, day), Track(track or Track.ALL)
        rvus = read_pprrvu_csv(rvu.read_bytes(), name=rvu.name, days=days, track=whose)
        indices = read_gpci(gpci.read_bytes(), name=gpci.name, days=days)
        schedule = FeeSchedule(files=(rvus,), gpcis=indices)
        published = read_oppscap(cap.read_bytes(), name=cap.name, days=days)
    except InvalidValue as cause:
        raise CannotDo(str(cause)) from None
    proof = prove(schedule, published, on=day, track=whose)
    if isinstance(proof, NotForDay):
        raise CannotDo(f"{proof.edition.name} is not for that day")
    console = plain_console()
    for edition in (*schedule.editions, published.edition):
        console.print(Text(f"{edition.name}: {edition.rows:,} rows, SHA-256 {edition.sha256}"))
    console.print(Text(f"matched {proof.matched:,}/{proof.compared:,} compared"))
    for each in proof.differences[:_SHOWN]:
        console.print(Text(_said(each)))
    if len(proof.differences) > _SHOWN:
        console.print(Text(f"and {len(proof.differences) - _SHOWN:,} more"))
    if proof.left_out:
        console.print(
            Text(f"{proof.left_out:,} rows could not be compared: code, part or locality is not loaded")
        )
    if not proof.compared or proof.differences:
        raise typer.Exit(1)


def _said(each: Difference) -> str:
    row = each.published
    code = "-".join(filter(None, (row.code, row.modifier)))
    prices = (
        f"{where} {published} is published, {ours} comes out"
        for where, published, ours in (
            ("in a facility", row.facility, each.facility),
            ("in the office", row.nonfacility, each.nonfacility),
        )
        if published != ours
    )
    return f"{code} in {row.locality.carrier}-{row.locality.number}: {'; '.join(prices)}"


def _file(folder: Path, kind: str, track: str) -> Path:
    found = [
        each
        for each in sorted(folder.iterdir())
        if each.name.upper().startswith(kind) and each.suffix.lower() == ".csv"
    ]
    if len(found) > 1 and track:
        found = [each for each in found if track_of(each.name).value == track]
    if len(found) != 1:
        what = "no file" if not found else "more than one file"
        raise CannotDo(
            f"there is {what} {kind}*.csv in the folder; put the files of one release there, and of a release "
            "with two tracks say --track qpp or --track non-qpp"
        )
    return found[0]
