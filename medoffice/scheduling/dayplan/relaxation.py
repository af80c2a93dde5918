"""A session that costs no more than any whose order begins in a given way.

The first ``fixed`` patients keep their places in the order; nothing is known about the order of the rest. Whoever
comes, and however they are placed:

- the waits of the fixed ones do not depend on who comes behind them;
- the one right behind them begins when they leave him free to, so his wait is that of anybody in his place, and he
  comes at least as probably as the one of the rest who comes least;
- overtime is not below that of seeing all of the rest without a break behind the fixed ones, in any order.

So the rest are kept in any order, the first of them waits at the price of the one who comes least, and the others wait
for nothing: these go where they cause no idling. The least cost of that session is a bound.
"""

from collections.abc import Sequence

import attrs

from medoffice.scheduling.dayplan.session import Session


def ordered(session: Session, order: Sequence[int]) -> Session:
    """The session with its patients in another order; their urgency stays behind."""
    return attrs.evolve(
        session,
        services=tuple(session.services[at] for at in order),
        no_show=tuple(session.no_show[at] for at in order),
        urgency=(),
    )


def relaxed(session: Session, order: Sequence[int], *, fixed: int) -> Session:
    """The session whose least cost no order undercuts that begins with the first ``fixed`` of ``order``."""
    placed = ordered(session, order)
    rest = placed.shows[fixed:]
    if len(rest) <= 1:
        return placed
    first = min(rest) / rest[0] if rest[0] else 0.0
    return attrs.evolve(placed, urgency=(1.0,) * fixed + (first,) + (0.0,) * (len(rest) - 1))
