"""An office's tables and prices: loaded once, whole or not at all, and a visit planned by them."""

import stat
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

import attrs
import pytest

from medoffice.adapters import disk
from medoffice.billing.fees import FeeSchedule, Locality, PlannedLine, PlannedService, Priced, VisitPlanned
from medoffice.billing.good_faith import Change, EstimateIssued, GoodFaithEstimate
from medoffice.core import (
    EIN,
    NPI,
    AppointmentId,
    CommandKey,
    DateRange,
    HCPCSCode,
    InvalidValue,
    Money,
    UnknownName,
)
from medoffice.core.outcomes import Refused
from medoffice.office import EstimateDetails, Office
from medoffice.office.folder import PRICES_FILE, create_office, make_demo, open_office
from medoffice.office.notices.planned_visit import facts_of, plan_of
from medoffice.office.once import KeyReused
from medoffice.office.prices.data import NoTables
from medoffice.office.prices.table_folder import TableFolder
from medoffice.ports.store import NoSuchRecord, ReadTransaction, Store, StoreFull, Transaction
from medoffice.ports.tables import NoSuchTable, TableChanged, TableConflict, UnknownTable
from medoffice.scheduling.appointments import Status
from medoffice.wire.prices_toml import read_prices

T = TypeVar("T")
YEAR: Final = DateRange(date(2026, 1, 1), date(2026, 12, 31))
LATER: Final = DateRange(date(2027, 1, 1), date(2027, 12, 31))
_HEAD: Final = (
    b",,2026 National Physician Fee Schedule Relative Value File" + b"," * 22 + b"CONV\n"
    b"HCPCS,MOD,,CODE,,RVU,PE RVU,,PE RVU,,RVU,,,,,,,,PROC,SURG,SURG,SURG,SURG,BASE,FACTOR,,,,,,\n"
)
_ROW: Final = b"99213,,,A,,1.30,1.40,,0.40,,0.10,0,0,0,XXX,0,0,0,0,0,0,0,0,,%s,09,0,99,0,0,0\n"
OTHERS: Final = _HEAD + _ROW % b"33.4009"
APM: Final = _HEAD + _ROW % b"33.5675"
GPCI: Final = (
    b"MAC,State,Locality Number,Locality Name,2026 PW GPCI (with 1.0 Floor),2026 PE GPCI,2026 MP GPCI\n"
    b"10112,AL,00,ALABAMA,1.0,0.869,0.575\n"
)
ZIP: Final = b"AL350041011200 \n"
ANES: Final = b"Contractor,Locality\n10112,00,ALABAMA,19.31\n"
PRICES: Final = """
[place]
zip = "35004"
track = "non-qpp"
[[charges]]
since = 2026-01-01
because = "list of 2026"
by_code = { 99213 = "$180.00" }
"""
VISIT: Final = PlannedService.parse("99213-25=office-visit")
FILES: Final = (
    ("PPRRVU2026_nonQPP.csv", OTHERS),
    ("PPRRVU2026_QPP.csv", APM),
    ("GPCI2026.csv", GPCI),
    ("ZIP5_2026.txt", ZIP),
    ("ANES2026.csv", ANES),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An office with a price list."""
    made = create_office(tmp_path / "office", name="North", zone="America/Chicago")
    (made.path / PRICES_FILE).write_text(PRICES)
    return made.path


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Office]:
    """A demo office, with visits to come and a price list."""
    made = make_demo(tmp_path / "demo")
    (made.path / PRICES_FILE).write_text(PRICES)
    opened = open_office(made.path)
    yield opened
    opened.close()


@pytest.fixture
def office(folder: Path) -> Iterator[Office]:
    """The office, open."""
    opened = open_office(folder)
    yield opened
    opened.close()


def loaded(office: Office) -> Office:
    for name, data in FILES:
        office.data.add(name, data, days=YEAR)
    return office


def test_a_table_is_loaded_once(office: Office, folder: Path) -> None:
    """The same file again is nothing new; edition, rows and digest are kept, readable by the owner alone."""
    first = office.data.add("GPCI2026.csv", GPCI, days=YEAR)
    again = office.data.add("GPCI2026.csv", GPCI, days=YEAR)
    assert (first.is_new, again.is_new) == (True, False)
    (table,) = office.data.all()
    assert (table.kind, table.edition.rows, len(table.edition.sha256), table.edition.days) == (
        "gpci",
        1,
        64,
        YEAR,
    )
    for path in (folder / "tables", *(folder / "tables").iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    rows = office.store.read(lambda tx: tx.audit_rows(action="add-table"))
    assert len(rows) == 1


def test_a_file_that_cannot_be_read_is_not_loaded(office: Office) -> None:
    """Damage, another kind than was said, another year than it says, and no kind at all; nothing is kept."""
    with pytest.raises(InvalidValue, match="row 2"):
        office.data.add("GPCI2026.csv", GPCI.replace(b"0.869", b"x"), days=YEAR)
    with pytest.raises(InvalidValue, match="it is for 2026"):
        office.data.add("GPCI2026.csv", GPCI, days=LATER)
    for days in (DateRange(date(2025, 7, 1), YEAR.end), DateRange(YEAR.start, LATER.end)):
        with pytest.raises(InvalidValue, match="it is for 2026"):
            office.data.add("GPCI2026.csv", GPCI, days=days)
    with pytest.raises(InvalidValue, match="header"):
        office.data.add("GPCI2026.csv", GPCI, days=YEAR, kind="rvu", part="qpp")
    with pytest.raises(UnknownTable, match="--kind"):
        office.data.add("table.csv", b"a,b,c\n", days=YEAR)
    with pytest.raises(UnknownName, match="gpci"):
        office.data.add("GPCI2026.csv", GPCI, days=YEAR, kind="gcpi")
    with pytest.raises(UnknownName, match="part"):
        office.data.add("GPCI2026.csv", GPCI, days=YEAR, part="qpp")
    with pytest.raises(InvalidValue, match="--part"):
        office.data.add("PPRRVU2026.csv", OTHERS, days=YEAR)
    assert office.data.all() == ()


def test_two_tables_for_one_day_are_refused(office: Office) -> None:
    """Nobody would know by which to price; another part, or other days, is no conflict."""
    office.data.add("GPCI2026.csv", GPCI, days=YEAR)
    with pytest.raises(TableConflict, match="data remove"):
        office.data.add("GPCI2026.csv", GPCI.replace(b"0.869", b"0.870"), days=YEAR)
    half = DateRange(date(2026, 1, 1), date(2026, 6, 30))
    with pytest.raises(TableConflict, match="this very file"):
        office.data.add("GPCI2026.csv", GPCI, days=half)
    office.data.add("PPRRVU2026_nonQPP.csv", OTHERS, days=YEAR)
    office.data.add("PPRRVU2026_QPP.csv", APM, days=YEAR)
    assert [(each.kind, each.part) for each in office.data.all()] == [
        ("gpci", ""),
        ("rvu", "non-qpp"),
        ("rvu", "qpp"),
    ]


def test_a_table_that_changed_prices_nothing(office: Office, folder: Path) -> None:
    """One byte more, or no file: refused by name until the official file is loaded again."""
    loaded(office)
    rvu = next(each for each in office.data.all() if each.part == "non-qpp")
    path = folder / "tables" / f"{rvu.edition.sha256}.table"
    for harm in (lambda: path.write_bytes(OTHERS + b"\n"), path.unlink):
        harm()
        assert [each.part for each in office.data.damaged()] == ["non-qpp"]
        with pytest.raises(TableChanged, match="PPRRVU2026_nonQPP"):
            attrs.evolve(office, tables=reopened(folder)).prices.schedule(on=date(2026, 5, 1))
        assert office.data.add("PPRRVU2026_nonQPP.csv", OTHERS, days=YEAR).is_new
        assert isinstance(
            attrs.evolve(office, tables=reopened(folder)).prices.schedule(on=date(2026, 5, 1)), FeeSchedule
        )


def reopened(folder: Path) -> TableFolder:
    return TableFolder(folder / "tables")


def test_a_crash_leaves_no_half_table(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its note a file is no table; the next load takes it over."""
    moves = []

    def dies_at_the_note(path: Path, to: Path) -> None:
        moves.append(to)
        if to.suffix == ".json":
            raise OSError("the power went")
        path.replace(to)

    with monkeypatch.context() as patched:
        patched.setattr(disk, "move", dies_at_the_note)
        with pytest.raises(OSError, match="power"):
            office.data.add("GPCI2026.csv", GPCI, days=YEAR)
    assert len(moves) == 2
    assert office.data.all() == ()
    assert office.store.read(lambda tx: tx.audit_rows(action="add-table")) == ()
    assert office.data.add("GPCI2026.csv", GPCI, days=YEAR).is_new


class FullDisk:
    """A store that carries a transaction out and then cannot write it down."""

    def __init__(self, inner: Store) -> None:
        self.inner = inner

    def transact(self, work: Callable[[Transaction], T], /, *, locks: tuple[str, ...] = ()) -> T:
        def run(tx: Transaction) -> T:
            work(tx)
            raise StoreFull("no room is left")

        return self.inner.transact(run, locks=locks)

    def read(self, work: Callable[[ReadTransaction], T], /) -> T:
        return self.inner.read(work)

    def close(self) -> None:
        self.inner.close()


def test_no_table_is_loaded_without_its_row_in_the_audit_trail(office: Office) -> None:
    """When the store cannot write it down, the table is not there either."""
    data = attrs.evolve(office.data, store=FullDisk(office.store))
    with pytest.raises(StoreFull):
        data.add("GPCI2026.csv", GPCI, days=YEAR)
    assert office.data.all() == ()
    assert office.data.add("GPCI2026.csv", GPCI, days=YEAR).is_new


def test_a_table_can_be_taken_away(office: Office) -> None:
    """By the first digits of its SHA-256; then another can be loaded for its days."""
    added = office.data.add("GPCI2026.csv", GPCI, days=YEAR).table
    for name in ("", added.edition.sha256[:5], "0" * 12):
        with pytest.raises(NoSuchTable):
            office.data.remove(name)
    assert office.data.remove(added.edition.sha256[:12]) == added
    assert office.data.all() == ()
    assert office.data.add("GPCI2026.csv", GPCI.replace(b"0.869", b"0.870"), days=YEAR).is_new


def test_prices_of_a_day(office: Office) -> None:
    """Both tracks joined, the ZIP code's locality: 1.30 + 1.40 x 0.869 + 0.10 x 0.575 at 33.4009 is 85.98."""
    found = loaded(office).prices.price("99213", on=date(2026, 5, 1))
    assert isinstance(found, Priced)
    assert found.amount == Money(8598)
    assert office.prices.locality(on=date(2026, 5, 1)) == Locality("10112", "00")
    assert not isinstance(office.prices.anesthesia(on=date(2026, 5, 1)), Refused)


def test_a_day_without_a_table_is_said_with_what_there_is(office: Office) -> None:
    """Each table that is missing, and the editions that are loaded for other days."""
    found = loaded(office).prices.price("99213", on=date(2027, 5, 1))
    assert isinstance(found, Refused)
    assert [each.code for each in found.findings] == ["PRC001"] * 3
    assert "PPRRVU2026_nonQPP.csv (2026-01-01/2026-12-31)" in found.findings[0].message
    assert isinstance(office.prices.anesthesia(on=date(2027, 5, 1)), Refused)
    elsewhere = office.prices.locality(on=date(2026, 5, 1), postal="99999")
    assert isinstance(elsewhere, Refused)


def test_an_office_without_a_folder_has_no_tables() -> None:
    """In memory nothing can be loaded, and every price is refused with the reason."""
    office = Office.in_memory()
    assert office.data.all() == ()
    with pytest.raises(NoTables):
        office.data.add("GPCI2026.csv", GPCI, days=YEAR)
    assert isinstance(office.prices.price("99213", on=date(2026, 5, 1)), Refused)


def to_come(office: Office) -> AppointmentId:
    return next(row.appointment for row in office.board() if row.where.value == "expected")


def with_contract(office: Office, id: AppointmentId) -> Office:
    """The office with a contract of 120 % with the visit's payer, and tables for the day."""
    visit = office.store.read(lambda tx: tx.appointment(id))
    (cover, *_) = office.store.read(lambda tx: tx.coverages(visit.patient))
    payer = cover.coverage.payer.id
    terms = PRICES + (
        f"[[contracts.{payer}]]\nsince = 2020-01-01\nbecause = 'exhibit A'\npercent = 120\nlesser_of_charge = true\n"
    )
    day = office.settings.day_at(visit.slot.start)
    year = DateRange(date(day.year, 1, 1), date(day.year, 12, 31))
    text = str(day.year).encode()
    for name, data in FILES:
        office.data.add(name, data.replace(b"2026", text), days=year)
    return attrs.evolve(office, price_terms=read_prices(terms.replace("2026-01-01", "2020-01-01")))


def test_a_plan_is_what_the_estimate_goes_by(busy: Office) -> None:
    """The lines are the visit's, with the charge and 120 % of the schedule; the estimate is made of them."""
    id = to_come(busy)
    made = with_contract(busy, id).prices.plan(id, (VISIT,))
    assert isinstance(made, VisitPlanned)
    lines = busy.store.read(lambda tx: tx.planned_lines(id))
    assert lines == tuple(each.line for each in made.prices)
    assert [(each.charge, each.allowed) for each in lines] == [(Money(18000), Money(10318))]
    assert [each.planned for each in busy.estimate(id).lines] == list(lines)


def test_a_plan_is_made_once(busy: Office) -> None:
    """The same key gives the same plan again though the prices have changed; for other services it is refused."""
    id, key = to_come(busy), CommandKey("plan-1")
    first = with_contract(busy, id).prices.plan(id, (VISIT,), key=key)
    again = attrs.evolve(busy, price_terms=read_prices("")).prices.plan(id, (VISIT,), key=key)
    assert again == first
    with pytest.raises(KeyReused):
        busy.prices.plan(id, (attrs.evolve(VISIT, units=2),), key=key)
    assert len(busy.store.read(lambda tx: tx.audit_rows(action="plan-visit"))) == 1


def test_without_a_contract_nothing_is_allowed_and_the_reason_is_there(busy: Office) -> None:
    """The charge stands, and what the payer allows is not known."""
    made = busy.prices.plan(to_come(busy), (VISIT,))
    assert isinstance(made, VisitPlanned)
    assert made.prices[0].line.allowed is None
    assert made.prices[0].why_not


def test_a_plan_that_is_refused_changes_nothing(busy: Office) -> None:
    """A service without a charge, or a visit that is given up; what was planned stays."""
    id = to_come(busy)
    before = busy.store.read(lambda tx: tx.planned_lines(id))
    assert isinstance(busy.prices.plan(id, (PlannedService.parse("99214=office-visit"),)), Refused)
    busy.change_status(id, Status.NOSHOW)
    busy.cancel(id)
    gone = busy.prices.plan(id, (VISIT,))
    assert isinstance(gone, Refused)
    assert busy.store.read(lambda tx: tx.planned_lines(id)) == before
    with pytest.raises(NoSuchRecord):
        busy.prices.plan(AppointmentId("apt-none"), (VISIT,))
    with pytest.raises(InvalidValue):
        busy.prices.plan(id, ())


def test_an_estimate_takes_the_codes_and_units_of_the_plan(busy: Office) -> None:
    """Planned by code nothing is asked again; planned anew by name the code is missing, and a code that is said wins."""
    id, office = planning(busy)
    assert isinstance(office.prices.plan(id, (attrs.evolve(VISIT, units=2),)), VisitPlanned)
    details = EstimateDetails(state="IL")
    draft = office.notices.good_faith.draft(id, details)
    assert isinstance(draft, GoodFaithEstimate)
    item = draft.providers[0].items[0]
    assert (str(item.service), item.units, item.charge) == (VISIT.code, 2, Money(36000))
    said = attrs.evolve(details, codes={VISIT.service: HCPCSCode("G0439")})
    other = office.notices.good_faith.draft(id, said)
    assert isinstance(other, GoodFaithEstimate)
    assert str(other.providers[0].items[0].service) == "G0439"
    office.notices.good_faith.plan(id, (PlannedLine(service=VISIT.service, charge=Money(2500)),))
    anew = office.notices.good_faith.draft(id, details)
    assert isinstance(anew, Refused)
    assert [each.code for each in anew.findings] == ["GFE015"]


def test_an_estimate_of_several_units_is_as_it_was_planned(busy: Office) -> None:
    """Two units of one line, and two lines of one name: given as planned, nothing has changed since."""
    id, office = planning(busy)
    assert isinstance(office.prices.plan(id, (attrs.evolve(VISIT, units=2), VISIT)), VisitPlanned)
    good_faith = office.notices.good_faith
    good_faith.wish(id, claim_wanted=False)
    assert isinstance(good_faith.issue(id, EstimateDetails(state="IL")), EstimateIssued)

    def changes() -> frozenset[Change]:
        return office.store.read(
            lambda tx: (
                plan_of(tx, tx.appointment(id), facts_of(tx, tx.appointment(id)), office.settings).changes
            )
        )

    assert changes() == frozenset()
    office.prices.plan(id, (VISIT, VISIT))
    assert Change.CHARGES in changes()


def planning(busy: Office) -> tuple[AppointmentId, Office]:
    """A visit to come, and the office with its prices and the numbers that stand on an estimate."""
    id = to_come(busy)
    settings = attrs.evolve(busy.settings, npi=NPI("2000000002"), ein=EIN("123456789"))
    return id, attrs.evolve(with_contract(busy, id), settings=settings)
