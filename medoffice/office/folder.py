"""An office in a folder: its settings, its key, and its encrypted store.

``office.toml`` holds the settings and no secret; ``office.key`` is the master key (mode 0600), without which nothing in
``office.db`` (SQLCipher) can be read again. Back the key up apart from the database. ``policy.toml``, where there is
one, says which rules run here and how grave their findings are; ``schedule.toml`` how the office schedules (see
:mod:`medoffice.wire.schedule_toml`), ``collection.toml`` what it asks for at the time of service (see
:mod:`medoffice.wire.collection_toml`), ``payers.toml`` how it asks payers (see :mod:`medoffice.wire.payers_toml`), and
``prices.toml`` its charges and contracts (see :mod:`medoffice.wire.prices_toml`).
``tables/`` holds the official tables that were loaded (see :mod:`medoffice.office.prices.table_folder`).
"""

import os
import tomllib
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import attrs

from medoffice.adapters.ed25519 import Ed25519Signer, Ed25519Verifier
from medoffice.adapters.keys import OfficeKey, Purpose
from medoffice.adapters.sql.sqlcipher import open_sqlcipher
from medoffice.adapters.system import RandomIds, SystemClock
from medoffice.billing.fees import PriceTerms
from medoffice.core.errors import InvalidValue, MedofficeError
from medoffice.core.identifiers import EIN, NPI
from medoffice.core.ids import ActorId, OfficeId
from medoffice.core.people import Language, Phone
from medoffice.office.coverage.payer_gateway import gateway_of
from medoffice.office.demo import DEMO_NUMBERS, DEMO_PAYERS, NAME, PLACE, awake_zone, fill_demo
from medoffice.office.office import Office
from medoffice.office.prices.demo_prices import DEMO_PRICES
from medoffice.office.prices.table_folder import TableFolder
from medoffice.office.scrubbing import extensions
from medoffice.office.settings import OfficeSettings
from medoffice.ports.clock import Clock
from medoffice.rules import Engine, Policy
from medoffice.wire.collection_toml import read_collection
from medoffice.wire.payers_toml import read_payers
from medoffice.wire.prices_toml import read_prices
from medoffice.wire.schedule_toml import SchedulePolicies, read_schedule
from medoffice.wire.toml import read_policy
from medoffice.workflows.collection import CollectionPolicy

SETTINGS_FILE: Final = "office.toml"
KEY_FILE: Final = "office.key"
STORE_FILE: Final = "office.db"
POLICY_FILE: Final = "policy.toml"
SCHEDULE_FILE: Final = "schedule.toml"
COLLECTION_FILE: Final = "collection.toml"
PAYERS_FILE: Final = "payers.toml"
PRICES_FILE: Final = "prices.toml"
TABLES_FOLDER: Final = "tables"
CODE_KEY: Final = 1
"""The number of the key that signs codes; a changed key gets the next number."""
_KEYS: Final = frozenset({"id", "name", "zone", "language", "place", "npi", "ein", "phone"})


class OfficeExists(MedofficeError):
    """There is an office in the folder; it is left as it is."""


class NoOffice(MedofficeError):
    """There is no office in the folder; ``medoffice office init`` makes one."""


@attrs.frozen(kw_only=True)
class OfficeFolder:
    """Where an office is kept, and its settings."""

    path: Path
    settings: OfficeSettings


def create_office(
    path: Path,
    *,
    name: str,
    zone: str,
    language: str = "en",
    place: str = "",
    npi: str = "",
    ein: str = "",
    phone: str = "",
) -> OfficeFolder:
    """Make a new office: settings, a fresh key, and an empty store.

    Raises:
        OfficeExists: when the folder holds one, or any part of one.
        InvalidValue: when the name is empty, the zone or language is not known, or a number has another shape.
        KeyFileError: when the key cannot be written.
        StoreError: when the store cannot be made.
    """
    settings = OfficeSettings(
        id=OfficeId(f"office-{RandomIds().random_bytes(6).hex()}"),
        name=" ".join(name.split()),
        zone=_zone(zone),
        language=Language.parse(language),
        place=" ".join(place.split()),
        npi=NPI.parse(npi) if npi else None,
        ein=EIN.parse(ein) if ein else None,
        desk_phone=Phone.parse(phone) if phone else None,
    )
    parts = [each for each in (SETTINGS_FILE, KEY_FILE, STORE_FILE) if (path / each).exists()]
    if parts:
        raise OfficeExists(f"{path} already holds {parts[0]}; choose another folder")
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = OfficeKey.create(path / KEY_FILE)
    open_sqlcipher(path / STORE_FILE, key).close()
    # Written last: a folder with settings is a whole office.
    _write_settings(path / SETTINGS_FILE, settings)
    return OfficeFolder(path=path, settings=settings)


def read_folder(path: Path) -> OfficeFolder:
    """The settings of the office in a folder.

    Raises:
        NoOffice: when there is none.
        InvalidValue: when its settings cannot be read.
    """
    try:
        text = (path / SETTINGS_FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NoOffice(f"there is no office in {path}; make one with: medoffice office init {path}") from None
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as trouble:
        raise InvalidValue("office.toml", f"it is not TOML: {trouble}") from None
    unknown = sorted(table.keys() - _KEYS)
    if unknown:
        raise InvalidValue("office.toml", f"it has a setting that does not exist: {unknown[0]}")
    missing = sorted({"id", "name", "zone"} - table.keys())
    if missing or not all(isinstance(value, str) for value in table.values()):
        raise InvalidValue(
            "office.toml", f"{missing[0]} is missing" if missing else "every setting is a text"
        )
    settings = OfficeSettings(
        id=OfficeId(table["id"]),
        name=table["name"],
        zone=_zone(table["zone"]),
        language=Language(table.get("language", "en")),
        place=table.get("place", ""),
        npi=NPI.parse(table["npi"]) if table.get("npi") else None,
        ein=EIN.parse(table["ein"]) if table.get("ein") else None,
        desk_phone=Phone.parse(table["phone"]) if table.get("phone") else None,
    )
    return OfficeFolder(path=path, settings=settings)


def open_office(path: Path, *, actor: str = "program", clock: Clock | None = None) -> Office:
    """The office in a folder, ready to work; close it when done.

    Raises:
        NoOffice: when there is none.
        InvalidValue: when its settings cannot be read.
        TomlFault: when one of its policies cannot be read.
        UnknownName: when its policy names a rule or a parameter that is not there; it suggests the nearest.
        KeyFileError: when the key is missing, damaged, or others can read it.
        StoreError: when the store cannot be opened with that key.
    """
    folder = read_folder(path)
    policy = _policy(path / POLICY_FILE)
    schedule = _schedule(path / SCHEDULE_FILE, folder.settings.zone)
    collection = _collection(path / COLLECTION_FILE)
    payers = read_payers(_text(path / PAYERS_FILE))
    prices = _prices(path / PRICES_FILE)
    key = OfficeKey.read(path / KEY_FILE)
    signer = Ed25519Signer(key.derive(Purpose.CODE_SIGNING), CODE_KEY)
    store, its_clock = open_sqlcipher(path / STORE_FILE, key), clock or SystemClock()
    return Office(
        settings=attrs.evolve(folder.settings, collection=collection),
        store=store,
        clock=its_clock,
        signer=signer,
        verifier=Ed25519Verifier.of(signer),
        actor=ActorId(actor),
        policy=policy,
        booking_policy=schedule.booking,
        waitlist_policy=schedule.waitlist,
        recall_rules=schedule.recalls,
        flow_policy=schedule.flow,
        eligibility_policy=payers.policy,
        payers=gateway_of(payers, folder=path, settings=folder.settings, store=store, clock=its_clock),
        price_terms=prices,
        tables=TableFolder(path / TABLES_FOLDER),
    )


def make_demo(path: Path) -> OfficeFolder:
    """Make a demo office in a new folder and fill it with today's patients (see :mod:`medoffice.office.demo`).

    Raises:
        OfficeExists: when the folder already holds an office.
        StoreError: when the store cannot be written.
    """
    folder = create_office(path, name=NAME, zone=awake_zone(SystemClock().now()), place=PLACE, **DEMO_NUMBERS)
    write_demo_files(path)
    office = open_office(path, actor="demo")
    try:
        fill_demo(office)
    finally:
        office.close()
    return folder


def write_demo_files(path: Path) -> None:
    """Give the office in a folder invented payers, who answer at once from its own records, and invented prices.

    Raises:
        OSError: when a file cannot be written, or is there.
    """
    _write_new(path / PAYERS_FILE, DEMO_PAYERS)
    _write_new(path / PRICES_FILE, DEMO_PRICES)


def _policy(path: Path) -> Policy:
    """The practice's policy for rules, held against the rules that are there; an empty one where there is no file."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Policy()
    policy = read_policy(text)
    Engine.prepare(extensions().rules, policy)
    return policy


def _schedule(path: Path, zone: ZoneInfo) -> SchedulePolicies:
    """How the practice schedules; as everybody does where there is no file."""
    return read_schedule(_text(path), zone=zone)


def _text(path: Path) -> str:
    """The text of a file; nothing where there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def _collection(path: Path) -> CollectionPolicy:
    """What the practice asks for at the time of service; the usual where there is no file."""
    return read_collection(_text(path))


def _prices(path: Path) -> PriceTerms:
    """What the practice charges and has agreed on; nothing where there is no file."""
    return read_prices(_text(path))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidValue("time zone", "write an IANA name, for example America/New_York") from None


def _write_settings(path: Path, settings: OfficeSettings) -> None:
    lines = {
        "id": settings.id.value,
        "name": settings.name,
        "zone": settings.zone.key,
        "language": settings.language.value,
        "place": settings.place,
        "npi": str(settings.npi or ""),
        "ein": str(settings.ein or ""),
        "phone": str(settings.desk_phone or ""),
    }
    _write_new(path, "".join(f"{key} = {_toml_text(value)}\n" for key, value in lines.items()))


def _write_new(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _toml_text(value: str) -> str:
    """A TOML basic string (TOML 1.0, "String"): quotes, backslashes and control characters are escaped."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    plain = "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in escaped)
    return f'"{plain}"'
