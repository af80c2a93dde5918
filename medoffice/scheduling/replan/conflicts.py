"""Which places shut each other out."""

from collections import defaultdict
from collections.abc import Sequence

import attrs

from medoffice.core import ResourceId
from medoffice.scheduling.replan.places import Place


@attrs.frozen
class Classes:
    """Places in groups of which one at most can be used, and no group touches another.

    ``of_place[place]`` is the number of its group.
    """

    members: tuple[tuple[int, ...], ...]
    of_place: tuple[int, ...]


@attrs.frozen
class Entangled:
    """Places overlap in such a way that no such groups exist: a grid of starts, mostly."""


def classes(places: Sequence[Place]) -> Classes | Entangled:
    """The groups of places that shut each other out, if everybody in a group shuts out everybody else in it.

    A place with several seats has to be a group of its own.
    """
    rivals = exclusions(places)
    of_place = [-1] * len(places)
    members: list[tuple[int, ...]] = []
    for place, others in enumerate(rivals):
        if of_place[place] < 0:
            group = others | {place}
            has_seats = len(group) > 1 and any(places[each].seats > 1 for each in group)
            if has_seats or any(rivals[other] | {other} != group for other in others):
                return Entangled()
            for each in group:
                of_place[each] = len(members)
            members.append(tuple(sorted(group)))
    return Classes(tuple(members), tuple(of_place))


def exclusions(places: Sequence[Place]) -> list[set[int]]:
    """For each place the others that it shuts out: those of a shared resource that overlap, buffers included."""
    rivals: list[set[int]] = [set() for _ in places]
    for of_one in _by_resource(places).values():
        open_now: list[int] = []
        for place in of_one:
            start = places[place].occupied.start
            open_now = [other for other in open_now if places[other].occupied.end > start]
            for other in open_now:
                rivals[place].add(other)
                rivals[other].add(place)
            open_now.append(place)
    return rivals


def cliques(places: Sequence[Place]) -> list[tuple[int, ...]]:
    """The largest sets of places that want one resource at one instant, those of a single place among them.

    Intervals that overlap pairwise share an instant, so on one resource these say all that the pairs say.
    """
    found: set[tuple[int, ...]] = set()
    for of_one in _by_resource(places).values():
        open_now: list[int] = []
        for place in of_one:
            start = places[place].occupied.start
            staying = [other for other in open_now if places[other].occupied.end > start]
            if len(staying) < len(open_now):
                found.add(tuple(sorted(open_now)))
            open_now = [*staying, place]
        found.add(tuple(sorted(open_now)))
    inside: dict[int, list[set[int]]] = defaultdict(list)
    largest = []
    for clique in sorted(found, key=lambda each: (-len(each), each)):
        if not any(larger.issuperset(clique) for larger in inside[clique[0]]):
            largest.append(clique)
            for place in clique:
                inside[place].append(set(clique))
    return sorted(largest)


def is_exclusive(places: Sequence[Place]) -> bool:
    """Whether one of these places can be used at most: all want one resource at one instant, or they do in pairs."""
    shared = set(places[0].resources).intersection(*(place.resources for place in places))
    start, end = max(p.occupied.start for p in places), min(p.occupied.end for p in places)
    if shared and start < end:
        return True
    return all(place.excludes(other) for which, place in enumerate(places) for other in places[which + 1 :])


def _by_resource(places: Sequence[Place]) -> dict[ResourceId, list[int]]:
    """The places of each resource by when they begin to occupy it."""
    held: dict[ResourceId, list[int]] = defaultdict(list)
    for place in sorted(range(len(places)), key=lambda each: places[each].occupied.start):
        for resource in places[place].resources:
            held[resource].append(place)
    return held
