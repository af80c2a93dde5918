"""Which resource fills which need, when several could: each need another one."""

from collections.abc import Collection, Sequence


def fill(free: Sequence[Sequence[str]], taken: Collection[str] = ()) -> tuple[str, ...]:
    """One of ``free[n]`` for each need ``n``, all different and none of ``taken``; nothing when that cannot be.

    The first need gets the earliest of its candidates with which the rest can still be filled, then the second, and so
    on; so the order in which candidates are given decides, and nothing else.
    """
    chosen: list[str] = []
    for at, candidates in enumerate(free):
        rest = free[at + 1 :]
        for candidate in candidates:
            used = {*taken, *chosen}
            if candidate not in used and _can_fill(rest, {*used, candidate}):
                chosen.append(candidate)
                break
        else:
            return ()
    return tuple(chosen)


def _can_fill(free: Sequence[Sequence[str]], taken: Collection[str]) -> bool:
    """Whether each need can have its own: augmenting paths (H. W. Kuhn, 1955)."""
    need_of: dict[str, int] = {}

    def settle(need: int, tried: set[str]) -> bool:
        for candidate in free[need]:
            if candidate not in taken and candidate not in tried:
                tried.add(candidate)
                if candidate not in need_of or settle(need_of[candidate], tried):
                    need_of[candidate] = need
                    return True
        return False

    return all(settle(need, set()) for need in range(len(free)))
