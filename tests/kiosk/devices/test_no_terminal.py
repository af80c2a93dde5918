"""A kiosk without a terminal takes nothing, and claims to know nothing of what another one took."""

from kiosk.devices.no_terminal import NoTerminal
from kiosk.devices.terminal import Declined, PaymentTerminal, Unknown
from medoffice.core.money import Money


def test_nothing_is_taken_and_nothing_is_claimed() -> None:
    """A charge is declined; of an earlier one it cannot say that it was not made."""
    terminal: PaymentTerminal = NoTerminal()
    assert isinstance(terminal.charge(Money(3000), "pay-1"), Declined)
    assert terminal.recover("pay-1") == Unknown()
    assert terminal.cancel("pay-1") == Unknown()
