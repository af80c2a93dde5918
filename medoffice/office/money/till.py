"""With what a command about money is carried out, and how: once, one after the other, all of it or nothing."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

import attrs

from medoffice.core.outcomes import Refused
from medoffice.office.book.decisions import ended
from medoffice.office.money.collecting import LOCK
from medoffice.office.money.receipts import find_receipt
from medoffice.office.once import Asked, Command, once
from medoffice.office.settings import OfficeSettings
from medoffice.ports.ids import IdSource
from medoffice.ports.store import Store, Transaction
from medoffice.workflows.collection import Receipt, refusals

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class Till:
    """One command about money: over which store, by whom and under which key, and when."""

    settings: OfficeSettings
    store: Store
    ids: IdSource
    command: Command
    now: datetime

    @property
    def today(self) -> date:
        """The office's own day."""
        return self.settings.day_at(self.now)

    def once(
        self,
        action: str,
        subject: str,
        parts: tuple[str, ...],
        work: Callable[[Transaction], T],
        kinds: tuple[type, ...],
    ) -> T:
        """Carry the command out, or give again what came of it."""
        asked = Asked(action=action, subject=subject, parts=parts)
        return once(
            self.store, self.command, asked, work, at=self.now, kinds=kinds, ended=ended, locks=(LOCK,)
        )

    def fresh(self, made: T) -> T | Receipt | Refused:
        """What came of a command; a receipt whose payment was voided since says so, also to an old command."""
        return self.receipt(made.number) if isinstance(made, Receipt) else made

    def receipt(self, number: int) -> Receipt | Refused:
        """A receipt as it stands now."""
        found = self.store.read(lambda tx: find_receipt(tx, number))
        return refusals.no_such_receipt() if found is None else found
