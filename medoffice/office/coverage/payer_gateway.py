"""The way to payers as an office's ``payers.toml`` sets it, made when it is first needed."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Lock
from typing import Final

from medoffice.adapters.payers import FolderGateway, MadeUpPayers
from medoffice.billing.benefits import VerifiedCoverage
from medoffice.core.times import TimeSlot
from medoffice.office.settings import OfficeSettings
from medoffice.ports.clock import Clock
from medoffice.ports.payers import PayerGateway
from medoffice.ports.store import ReadTransaction, Store
from medoffice.wire.payers_toml import ByFolders, MadeUp, PayerSettings

_AROUND: Final = timedelta(days=60)
"""The invented payers know whoever has a visit so near to today."""


def gateway_of(
    set_up: PayerSettings, *, folder: Path, settings: OfficeSettings, store: Store, clock: Clock
) -> Callable[[], PayerGateway] | None:
    """How the gateway is made; ``None`` where the office has set none. It is made once, when first called."""
    match set_up.way:
        case ByFolders() as way:
            return _once(
                lambda: FolderGateway(
                    root=folder / way.folder,
                    sender=way.sender,
                    receiver=way.receiver,
                    clock=clock,
                    zone=settings.zone,
                    patience=way.patience,
                    usage=way.usage,
                )
            )
        case MadeUp():
            return _once(lambda: made_up_payers(store, settings, clock, set_up))
        case None:
            return None


def made_up_payers(
    store: Store, settings: OfficeSettings, clock: Clock, set_up: PayerSettings
) -> MadeUpPayers:
    """Payers who know the coverages of everybody with a visit around today, with the benefits that are on file."""
    now = clock.now()

    def work(tx: ReadTransaction) -> tuple[VerifiedCoverage, ...]:
        visits = tx.appointments(TimeSlot(now - _AROUND, now + _AROUND))
        patients = dict.fromkeys(each.patient for each in visits)
        return tuple(cover for patient in patients for cover in tx.coverages(patient))

    return MadeUpPayers(store.read(work), today=settings.day_at(now), services=set_up.policy.by_service)


def _once(make: Callable[[], PayerGateway]) -> Callable[[], PayerGateway]:
    made: list[PayerGateway] = []
    lock = Lock()

    def gateway() -> PayerGateway:
        with lock:
            if not made:
                made.append(make())
            return made[0]

    return gateway
