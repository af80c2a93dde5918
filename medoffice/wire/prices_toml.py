"""An office's prices from its file's text (``prices.toml``): its place, its charges, its contracts.

.. code-block:: toml

    [place]
    zip = "35004"                  # or: locality = "10112-00"
    track = "non-qpp"              # from 2026: qpp or non-qpp; before: leave it out
    facility = false

    [[charges]]
    since = 2026-01-01
    until = 2026-12-31             # may be left out
    because = "price list of January 2026"
    by_code = { 99213 = "$180.00", "70450-26" = "$95.00" }

    [[contracts.PRAIR1]]
    since = 2026-01-01
    because = "contract of 3 November 2025"
    percent = 120                  # of the Medicare fee schedule
    lesser_of_charge = true        # must be said
    flat.99214 = { rate = "$125.00", because = "exhibit B" }
    carved_out.90834 = { because = "exhibit C: goes to Prairie Behavioral" }

Money is a text with cents, so that no rate is ever read as a binary fraction; every list, contract, rate and carve-out
says where it is to be read.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from medoffice.billing.fees import ChargeMaster, Contract, Locality, PricedAt, PriceTerms, Track
from medoffice.core import DateRange, InvalidValue, Money, PayerId, parse_procedure
from medoffice.core.codes import Modifier
from medoffice.rules import unknown
from medoffice.wire.toml_tables import Table, TomlFault, at, of_kind, parsed

_LOCALITY: Final = re.compile(r"(\d{5})-(\d{2})", re.ASCII)


def read_prices(text: str) -> PriceTerms:
    """The prices of a file's text; of an empty text none.

    Raises:
        TomlFault: when the text is not TOML, a key is missing, or a value cannot be; it names the place.
        UnknownName: when a key does not exist; it suggests the nearest.
    """
    whole = Table(parsed(text))
    whole.allow("place", "charges", "contracts")
    charges = tuple(map(_charges, _listed(whole, "charges")))
    contracts = {}
    below = whole.table("contracts")
    for name in [key for key, _ in below.items()]:
        with at(below.below(name)):
            payer = PayerId(name)
        contracts[payer] = tuple(map(_contract, below.tables(name)))
    place = _place(whole.table("place"))
    with at("charges"):
        PriceTerms(charges=charges)
    with at("contracts"):
        return PriceTerms(at=place, charges=charges, contracts=contracts)


def _place(table: Table) -> PricedAt:
    table.allow("zip", "locality", "track", "facility")
    held = dict(table.items())
    if "zip" in held and "locality" in held:
        raise TomlFault(table.path, "give the ZIP code or the locality, not both")
    postal, written = table.text("zip", ""), table.text("locality", "")
    with at(table.below("zip")):
        if postal and re.fullmatch(r"\d{5}", postal, re.ASCII) is None:
            raise InvalidValue("ZIP code", "it is the five digits, in quotes")
    with at(table.below("locality")):
        found = _LOCALITY.fullmatch(written)
        if written and found is None:
            raise InvalidValue("locality", 'write the carrier and the locality, for example "10112-00"')
    track = table.text("track", Track.ALL.value)
    if track not in {each.value for each in Track}:
        raise unknown(f"track at {table.below('track')}", track, [each.value for each in Track])
    return PricedAt(
        locality=Locality(found[1], found[2]) if found else None,
        postal=postal,
        track=Track(track),
        facility=_yes_or_no(table, "facility", default=False),
    )


def _charges(table: Table) -> ChargeMaster:
    table.allow("since", "until", "because", "by_code")
    by_code = table.table("by_code")
    charges = {}
    for key, amount in by_code.items():
        with at(by_code.below(key)):
            charges[_key(key)] = Money.parse(of_kind(str, amount))
    with at(table.path):
        return ChargeMaster(_days(table), charges, _because(table))


def _contract(table: Table) -> Contract:
    table.allow("since", "until", "because", "percent", "lesser_of_charge", "flat", "carved_out")
    rates, reasons = {}, {}
    for entry in table.named("flat"):
        entry.allow("rate", "because")
        with at(entry.path):
            key = _key(entry.name)
        with at(entry.below("rate")):
            rates[key] = Money.parse(entry.text("rate"))
        reasons[key] = _because(entry)
    carved = set()
    for entry in table.named("carved_out"):
        entry.allow("because")
        with at(entry.path):
            key = str(parse_procedure(entry.name))
        if any(each.partition("-")[0] == key for each in rates):
            raise TomlFault(entry.path, "the code has a flat rate as well")
        carved.add(key)
        reasons[key] = _because(entry)
    with at(table.path):
        return Contract(
            days=_days(table),
            percent=_percent(table),
            flat=rates,
            carved_out=frozenset(carved),
            lesser_of_charge=_yes_or_no(table, "lesser_of_charge"),
            because=_because(table),
            reasons=reasons,
        )


def _percent(table: Table) -> Decimal | None:
    if not _has(table, "percent"):
        return None
    value = table.get("percent")
    with at(table.below("percent")):
        if type(value) not in {int, Decimal}:
            raise InvalidValue("percentage", "a number is wanted, without quotes: 120 is 120 %")
        percent = Decimal(value)
        if not percent.is_finite() or not 0 <= percent <= 1000:  # noqa: PLR2004
            raise InvalidValue("percentage", "it is between 0 and 1000")
    return percent


def _days(table: Table) -> DateRange:
    return DateRange(table.day("since"), table.day("until") if _has(table, "until") else None)


def _because(table: Table) -> str:
    reason = table.text("because")
    with at(table.below("because")):
        if not reason or reason != " ".join(reason.split()):
            raise InvalidValue("reason", "it is one line and not empty")
    return reason


def _key(text: str) -> str:
    """A code, or a code and modifiers, in the order in which they are looked up."""
    code, *modifiers = text.split("-")
    return "-".join((str(parse_procedure(code)), *sorted(str(Modifier.parse(each)) for each in modifiers)))


def _yes_or_no(table: Table, key: str, *, default: bool | None = None) -> bool:
    if default is not None and not _has(table, key):
        return default
    value = table.get(key)
    with at(table.below(key)):
        if type(value) is not bool:
            raise InvalidValue("value", "true or false is wanted")
    return bool(value)


def _listed(table: Table, key: str) -> Iterator[Table]:
    return table.tables(key) if _has(table, key) else iter(())


def _has(table: Table, key: str) -> bool:
    return any(name == key for name, _ in table.items())
