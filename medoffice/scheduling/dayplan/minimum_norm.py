"""The least value of a submodular function, with a proof: the algorithm of Fujishige and Wolfe.

For a submodular ``g`` with ``g`` of the empty set zero, every order of the elements gives a vertex of the base
polytope: what each element adds to those before it. For every point ``x`` of the polytope, a mixture of vertices,

    min over all sets X of g(X)  >=  sum of min(0, x[i]),

so a point without negative parts proves that no set gains anything. The search for the polytope's point of least norm
ends with such a point, or meets a set that gains (Fujishige 2005, Submodular Functions and Optimization, section
7.1(a); Wolfe 1976, Finding the nearest point in a polytope).
"""

from collections.abc import Callable
from typing import Final

import attrs

from medoffice.scheduling.dayplan.numerics import Array, numpy

_ROUNDS: Final = 50
_DUST: Final = 1e-12


@attrs.frozen(kw_only=True, eq=False)
class Gain:
    """A set that lowers the function, as a mask over the elements."""

    members: Array
    value: float


@attrs.frozen(kw_only=True, eq=False)
class Base:
    """A point of the base polytope: the mixture, by ``shares``, of the vertices of ``orders``."""

    point: Array
    orders: tuple[tuple[int, ...], ...]
    shares: tuple[float, ...]


def gain_or_base(
    chain: Callable[[Array], Array], *, size: int, tolerance: float, proof_tolerance: float
) -> Gain | Base:
    """A set whose value is below ``-tolerance``, or the point that shows how little any set can gain.

    ``chain(order)`` gives the values of the first one, two, … elements of the order, as they grow. The point's
    negative parts are above ``-proof_tolerance`` together, unless rounding, or 50 rounds for each element, ended the search
    before.
    """
    np = numpy()
    order = np.arange(size)[::-1]
    corral = _Corral(size)
    for _ in range(_ROUNDS * size):
        values = chain(order)
        best = int(np.argmin(values))
        if values[best] < -tolerance:
            members = np.zeros(size, dtype=bool)
            members[order[: best + 1]] = True
            return Gain(members=members, value=float(values[best]))
        vertex = np.empty(size)
        vertex[order] = np.diff(values, prepend=0.0)
        if not corral.admit(vertex, order):
            break
        if np.minimum(corral.point, 0).sum() > -proof_tolerance:
            break
        order = np.argsort(corral.point, kind="stable")
    return corral.base()


class _Corral:
    """Vertices whose mixture is the point of least norm on the flat through them."""

    def __init__(self, size: int) -> None:
        np = numpy()
        self._vertices = np.empty((0, size))
        self._orders: list[tuple[int, ...]] = []
        self._shares = np.empty(0)
        self.point = np.zeros(size)

    def admit(self, vertex: Array, order: Array) -> bool:
        """Take a vertex in, and move to the nearest point; false when it brings nothing nearer."""
        np = numpy()
        longest = np.sqrt(float((self._vertices**2).sum(axis=1).max(initial=vertex @ vertex)))
        dust = _DUST * longest * np.sqrt(self.point @ self.point)
        if self._orders and self.point @ self.point <= self.point @ vertex + dust:
            return False
        self._vertices = np.vstack([self._vertices, vertex])
        self._orders.append(tuple(int(each) for each in order))
        self._shares = np.append(self._shares, 0.0 if len(self._orders) > 1 else 1.0)
        while True:
            target = _affine_shares(self._vertices)
            if target.min() > _DUST:
                self._settle(target)
                return True
            falling = target <= _DUST
            steps = self._shares[falling] / np.maximum(self._shares[falling] - target[falling], _DUST)
            step = min(1.0, float(steps.min()))
            mixed = (1 - step) * self._shares + step * target
            keep = mixed > _DUST
            if keep.all():
                keep[np.argmin(mixed)] = False
            self._vertices, self._shares = self._vertices[keep], mixed[keep]
            self._orders = [each for each, kept in zip(self._orders, keep, strict=True) if kept]

    def base(self) -> Base:
        """The point, and how it is mixed."""
        return Base(
            point=self.point, orders=tuple(self._orders), shares=tuple(float(each) for each in self._shares)
        )

    def _settle(self, shares: Array) -> None:
        self._shares = shares / shares.sum()
        self.point = self._shares @ self._vertices


def _affine_shares(vertices: Array) -> Array:
    """The shares, of any sign, that sum to one and mix the vertices to the point nearest to zero."""
    np = numpy()
    size = float((vertices**2).sum(axis=1).max()) or 1.0
    gram = vertices @ vertices.T / size + 1.0
    shares = np.linalg.lstsq(gram, np.ones(len(vertices)), rcond=None)[0]
    return shares / shares.sum()
