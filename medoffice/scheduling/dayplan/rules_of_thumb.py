"""Plans that need no search, to compare with and to begin from."""

from medoffice.core.errors import InvalidValue
from medoffice.scheduling.dayplan.session import Session


def even_places(session: Session) -> tuple[int, ...]:
    """Slots for patients spread evenly: patient ``i`` of ``n`` has slot ``i * slots // n``."""
    return session.closed([at * session.slots // session.n for at in range(session.n)])


def bailey_welch_places(session: Session) -> tuple[int, ...]:
    """Slots after Bailey and Welch: two patients at the beginning, the others behind as if one had not come."""
    return session.closed([max(0, at - 1) * session.slots // session.n for at in range(session.n)])


def even_plan(*, n: int, slots: int) -> tuple[int, ...]:
    """Patients per slot when ``n`` are spread evenly over the slots.

    Raises:
        InvalidValue: when either is not a whole number above zero.
    """
    _check(n, slots)
    return _counts([at * slots // n for at in range(n)], slots)


def bailey_welch(*, n: int, slots: int) -> tuple[int, ...]:
    """Patients per slot by the rule of Bailey and Welch (The Lancet, 1952): two in the first slot, the others at
    even distances behind.

    Raises:
        InvalidValue: when either is not a whole number above zero.
    """
    _check(n, slots)
    return _counts([max(0, at - 1) * slots // n for at in range(n)], slots)


def _counts(places: list[int], slots: int) -> tuple[int, ...]:
    return tuple(places.count(slot) for slot in range(slots))


def _check(n: int, slots: int) -> None:
    if type(n) is not int or type(slots) is not int or n < 1 or slots < 1:
        raise InvalidValue("plan", "n and slots are whole numbers above zero")
