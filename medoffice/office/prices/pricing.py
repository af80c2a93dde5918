"""The prices of an office: its tables, its charges and its contracts, asked for a day; and the lines of a visit."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any, Final

import attrs

from medoffice.billing.benefits import VerifiedCoverage
from medoffice.billing.fees import (
    AnesthesiaFactor,
    Contract,
    FeeSchedule,
    Locality,
    OfficialTable,
    PlannedService,
    Price,
    PriceTerms,
    Pricing,
    RvuFile,
    VisitPlanned,
    ZipLocality,
    planned_lines,
)
from medoffice.core.errors import InvalidValue
from medoffice.core.findings import Finding
from medoffice.core.identifiers import PayerId
from medoffice.core.ids import ActorId, AppointmentId, CommandKey
from medoffice.core.outcomes import Refused
from medoffice.office.money.due import first_cover
from medoffice.office.once import Asked, Command, once
from medoffice.office.prices.table_folder import TableFolder, told
from medoffice.office.prices.visit_plans import STREAM
from medoffice.office.settings import OfficeSettings
from medoffice.ports.clock import Clock
from medoffice.ports.ids import IdSource
from medoffice.ports.store import ReadTransaction, Store, Transaction
from medoffice.ports.tables import TableChanged
from medoffice.scheduling.appointments import Appointment, Status

_NOT_TO_COME: Final = frozenset({Status.CANCELLED, Status.NOSHOW, Status.ENTERED_IN_ERROR})


@attrs.frozen(kw_only=True)
class Prices:
    """What the office's tables, charges and contracts say on a day; what they do not say is refused with the reason.

    All that reads a table may raise :class:`medoffice.ports.tables.TableChanged`, when its file is not the one that
    was loaded.
    """

    settings: OfficeSettings
    store: Store
    clock: Clock
    ids: IdSource
    actor: ActorId
    terms: PriceTerms = attrs.field(factory=PriceTerms)
    folder: TableFolder | None = None

    def schedule(self, *, on: date) -> FeeSchedule | Refused:
        """The Medicare physician fee schedule of a day, joined from the files that are loaded for it."""
        files = [each for each in self._open("rvu", on) if isinstance(each, RvuFile)]
        indices = self._one("gpci", on)
        lacking = [kind for kind, found in (("rvu", files), ("gpci", indices)) if not found]
        if lacking or indices is None:
            return Refused(tuple(self._not_loaded(kind, on) for kind in lacking))
        try:
            return FeeSchedule(files=tuple(files), gpcis=indices)
        except InvalidValue as cause:
            message = f"The tables loaded for {on.isoformat()} do not belong together: {cause.reason}"
            return Refused.because(
                "PRC002", message, fix="Load the files of one release, and remove the others."
            )

    def locality(self, *, on: date, postal: str = "") -> Locality | Refused:
        """Where a ZIP code is priced; without one where the office is, as ``prices.toml`` says."""
        at = self.terms.at
        if not postal and at.locality is not None:
            return at.locality
        code = postal or at.postal
        if not code:
            return Refused.because(
                "PRC003",
                "It is not known where the office is priced",
                fix="Write its ZIP code or locality into prices.toml, under [place].",
            )
        table = self._one("zip5", on)
        if table is None:
            return Refused((self._not_loaded("zip5", on),))
        found = table.rows.get(code)
        if isinstance(found, ZipLocality):
            return found.locality
        return Refused.because(
            "PRC004",
            "The ZIP code is not among the localities that are loaded",
            fix="Check the ZIP code; for a new one load the latest ZIP5 file.",
        )

    def pricing(self, *, on: date, postal: str = "", facility: bool | None = None) -> Pricing | Refused:
        """The schedule of a day together with where and as what the office is priced."""
        schedule, place = self.schedule(on=on), self.locality(on=on, postal=postal)
        refused = [each for each in (schedule, place) if isinstance(each, Refused)]
        if isinstance(schedule, Refused) or isinstance(place, Refused):
            return Refused(tuple(finding for each in refused for finding in each.findings))
        return Pricing(
            schedule=schedule,
            locality=place,
            facility=self.terms.at.facility if facility is None else facility,
            track=self.terms.at.track,
        )

    def price(
        self, code: str, modifiers: tuple[str, ...] = (), *, on: date, facility: bool | None = None
    ) -> Price | Refused:
        """The price of one unit of a code on a day, alone, where and as the office is priced."""
        by = self.pricing(on=on, facility=facility)
        if isinstance(by, Refused):
            return by
        return by.schedule.price(
            code, modifiers, facility=by.facility, locality=by.locality, on=on, track=by.track
        )

    def anesthesia(self, *, on: date) -> AnesthesiaFactor | Refused:
        """The anaesthesia factor of the office's locality on a day."""
        table, place = self._one("anes", on), self.locality(on=on)
        if table is None:
            return Refused((self._not_loaded("anes", on),))
        if isinstance(place, Refused):
            return place
        found = table.rows.get(place)
        if isinstance(found, AnesthesiaFactor):
            return found
        return Refused.because(
            "PRC004",
            "The locality is not among the anaesthesia factors that are loaded",
            fix="Check the locality in prices.toml, or load the anaesthesia file of the same release.",
        )

    def plan(
        self,
        appointment: AppointmentId,
        services: Sequence[PlannedService],
        *,
        key: CommandKey | None = None,
    ) -> VisitPlanned | Refused:
        """Plan the services of a visit: its lines, each with its charge and what the payer allows, are what it is now.

        What was planned before is gone; the codes, modifiers and units are kept. Refused when a service has no charge,
        or the visit is not to take place.

        Raises:
            NoSuchRecord: when there is no such appointment.
            InvalidValue: when no service is named.
            TableChanged: when a table's file is not the one that was loaded.
        """
        if not services:
            raise InvalidValue("plan", "name at least one service")

        now = self.clock.now()
        self._read_ahead(appointment)

        def work(tx: Transaction) -> VisitPlanned | Refused:
            made = self._planned(tx, tx.appointment(appointment), services)
            if isinstance(made, VisitPlanned):
                tx.put_planned_lines(appointment, tuple(each.line for each in made.prices))
                tx.append_fact(STREAM, appointment.value, now, made)
            return made

        asked = Asked(
            action="plan-visit", subject=appointment.value, parts=(appointment.value, *map(str, services))
        )
        return once(
            self.store,
            Command(by=self.actor, key=key or self.ids.new(CommandKey)),
            asked,
            work,
            at=now,
            kinds=(VisitPlanned, Refused),
            ended=lambda made: "refused" if isinstance(made, Refused) else "done",
            locks=(f"plan:{appointment}",),
        )

    # ── within ──

    def _read_ahead(self, visit: AppointmentId) -> None:
        """Parse the tables of the visit's day before the store is held: the first time takes a good part of a second."""
        if any(each.percent is not None for by in self.terms.contracts.values() for each in by):
            visit_day = self.settings.day_at(self.store.read(lambda tx: tx.appointment(visit).slot.start))
            with suppress(TableChanged):  # the work itself says so, unless the command was done before
                self.pricing(on=visit_day)

    def _planned(
        self, tx: ReadTransaction, visit: Appointment, services: Sequence[PlannedService]
    ) -> VisitPlanned | Refused:
        if visit.status in _NOT_TO_COME:
            return Refused.because(
                "PRC005", "The visit is not to take place", fix="Plan the visit that takes its place."
            )
        on = self.settings.day_at(visit.slot.start)
        cover = first_cover(tx, visit.patient, on)
        contract = self._contract(cover, on)
        payer = None if cover is None else cover.coverage.payer.id
        others = {} if payer is None else self._others(tx, visit, payer, on)
        pricing: Pricing | str = "the contract does not ask for the fee schedule"
        ours = (contract, *others.values())
        if any(isinstance(each, Contract) and each.percent is not None for each in ours):
            found = self.pricing(on=on)
            pricing = _words(found) if isinstance(found, Refused) else found
        made = planned_lines(
            services,
            charges=self.terms.charges_on(on),
            contract=contract,
            pricing=pricing,
            on=on,
            payer=payer,
            others=others,
        )
        return made if isinstance(made, Refused) else VisitPlanned(appointment=visit.id, prices=made)

    def _contract(self, cover: VerifiedCoverage | None, on: date) -> Contract | str:
        if cover is None:
            return "the patient has no coverage on file"
        if not cover.coverage.is_active(on):
            return "no coverage on file runs on the day of the visit"
        payer = cover.coverage.payer.id
        found = self.terms.contract_on(payer, on)
        return found or f"no contract with the payer {payer} is in force on the day of the visit"

    def _others(
        self, tx: ReadTransaction, visit: Appointment, first: PayerId, on: date
    ) -> dict[PayerId, Contract]:
        """The contracts with the payers of the other coverages that run on the day."""
        running = (
            each.coverage.payer.id for each in tx.coverages(visit.patient) if each.coverage.is_active(on)
        )
        found = {each: self.terms.contract_on(each, on) for each in running if each != first}
        return {payer: contract for payer, contract in found.items() if contract is not None}

    def _open(self, kind: str, on: date) -> list[object]:
        if self.folder is None:
            return []
        folder = self.folder
        return [folder.open(table) for table in folder.of(kind, on=on)]

    def _one(self, kind: str, on: date) -> OfficialTable[Any, Any] | None:
        return next((each for each in self._open(kind, on) if isinstance(each, OfficialTable)), None)

    def _not_loaded(self, kind: str, on: date) -> Finding:
        there = [each for each in (self.folder.all() if self.folder else ()) if each.kind == kind]
        is_for = f"loaded is {'; '.join(map(told, there))}" if there else "none is"
        return Finding.error(
            "PRC001",
            f"No table {kind} is loaded for {on.isoformat()}: {is_for}",
            fix=f"Load that file: {_COMMANDS[kind]}",
        )


_COMMANDS: Final = {
    "rvu": "medoffice data add PPRRVU….csv --from DAY --until DAY",
    "gpci": "medoffice data add GPCI….csv --from DAY --until DAY",
    "zip5": "medoffice data add ZIP5….txt --from DAY --until DAY",
    "anes": "medoffice data add ANES….csv --from DAY --until DAY",
}


def _words(refused: Refused) -> str:
    return "; ".join(finding.message for finding in refused.findings)
