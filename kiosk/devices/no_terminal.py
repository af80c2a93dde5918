"""The terminal of a kiosk that has none: it takes nothing, and cannot say what another one took."""

from kiosk.devices.terminal import (
    CancelOutcome,
    ChargeOutcome,
    Declined,
    DeclineReason,
    RecoverOutcome,
    Unknown,
)
from medoffice.core.money import Money


class NoTerminal:
    """A :class:`kiosk.devices.terminal.PaymentTerminal` that is not there; paying now is not offered beside it."""

    def charge(self, amount: Money, key: str) -> ChargeOutcome:
        """Decline: nothing can be taken."""
        del amount, key
        return Declined(DeclineReason.CANCELLED)

    def recover(self, key: str) -> RecoverOutcome:
        """Unknown: whatever terminal was asked under this key, it is not this one."""
        del key
        return Unknown()

    def cancel(self, key: str) -> CancelOutcome:
        """Unknown, as for :meth:`recover`."""
        del key
        return Unknown()
