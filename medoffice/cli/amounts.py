"""Amounts, means of payment and keys as they are typed at the desk."""

from typing import Final

from medoffice.billing.account import Means
from medoffice.cli.failures import CannotDo
from medoffice.core.errors import InvalidValue
from medoffice.core.ids import CommandKey
from medoffice.core.money import Money

_MEANS: Final = {each.value: each for each in Means}


def money_of(text: str) -> Money:
    """An amount above zero, or nothing: a balance may be that.

    Raises:
        CannotDo: when it is no amount, or below zero.
    """
    try:
        amount = Money.parse(text)
    except InvalidValue as trouble:
        raise CannotDo(f"that is no amount: {trouble.reason}") from None
    if amount < Money.zero:
        raise CannotDo("an amount is not below zero")
    return amount


def payment_of(text: str) -> Money:
    """An amount above zero.

    Raises:
        CannotDo: when it is none.
    """
    amount = money_of(text)
    if not amount:
        raise CannotDo("an amount that is paid is above zero")
    return amount


def means_of(text: str) -> Means:
    """How it is paid.

    Raises:
        CannotDo: when it is none of the ways that there are.
    """
    found = _MEANS.get(text.strip().lower())
    if found is None:
        raise CannotDo(f"say how it is paid: --by {', '.join(_MEANS)}")
    return found


def key_of(text: str) -> CommandKey | None:
    """The key under which a command is sent again; ``None`` where nobody gave one.

    Raises:
        CannotDo: when it cannot be one.
    """
    try:
        return CommandKey.parse(text) if text else None
    except InvalidValue as trouble:
        raise CannotDo(f"that cannot be a key: {trouble.reason}") from None
