"""An edition of ICD-10-CM: codes looked up by day, their notes with what they inherit, and search by words."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from importlib.resources import files
from typing import Final

from medoffice.billing.coding.icd10cm.content import Content, Division, EditionNotes, NoteKind, Seventh
from medoffice.billing.coding.icd10cm.diagnosis import Diagnosis, Note, Side
from medoffice.billing.coding.icd10cm.packed import unpack, unpack_notes
from medoffice.billing.coding.icd10cm.searching import Finder
from medoffice.core import Finding, InvalidValue, Severity, codes
from medoffice.rules import CannotCheck, NotListed

_NAME: Final = "ICD-10-CM"
_CATEGORY: Final = 3
_WITHOUT_SEVENTH: Final = 6
_WHOLE: Final = 8
"""Letters of a code of seven characters, its dot included."""
_STALE: Final = "ICD001"
_BUNDLED: Final = "icd10cm.bin"


class ICD10CM:
    """One edition: what the codes are, from its first day on.

    After its last day it still answers, since most codes go on; :meth:`stale` then says that nobody has verified them
    for that day. Before its first day it does not (:class:`medoffice.rules.CannotCheck`).
    """

    def __init__(self, content: Content, notes: Callable[[], EditionNotes]) -> None:
        self._content = content
        self._give_notes = notes
        self._first = content.first
        self._places = {code: place for place, code in enumerate(content.codes)}
        self._marks_at: dict[int, Mapping[str, str]] = {}
        self._section_starts = [each.start for each in content.sections]
        self._chapter_starts = [each.start for each in content.chapters]

    @classmethod
    def of(cls, data: bytes) -> "ICD10CM":
        """The edition of a packed file.

        Raises:
            InvalidValue: when these are not the bytes of one.
        """
        return cls(unpack(data), lambda: unpack_notes(data))

    @classmethod
    def bundled(cls) -> "ICD10CM":
        """The edition that comes with the library."""
        return cls.of(files("medoffice").joinpath("data", _BUNDLED).read_bytes())

    def __repr__(self) -> str:
        return f"<{self.edition}>"

    @property
    def edition(self) -> str:
        """What the edition is called."""
        return self._content.name

    @property
    def first(self) -> date:
        """Its first day."""
        return self._first

    @property
    def last(self) -> date:
        """Its last day."""
        return self._content.last

    def __len__(self) -> int:
        """How many codes there are, headers included and seventh characters written out."""
        return sum(1 for _ in self)

    def __iter__(self) -> Iterator[str]:
        """Every code with its dot, in the order of the tabular list; those with seventh characters after theirs."""
        for place, code in enumerate(self._content.codes):
            yield code
            for mark, _ in self.sevenths(place):
                if (whole := _with_seventh(code, mark)) not in self._content.never:
                    yield whole

    # ── codes ──

    def look_up(self, code: str | codes.ICD10CM, *, on: date) -> Diagnosis | NotListed:
        """A code, given with its dot or without; :class:`medoffice.rules.NotListed` when there is none.

        Raises:
            CannotCheck: when the day is before the edition's first.
        """
        text = code if type(code) is str else str(code)
        place = self._places.get(text)
        found = self._with_seventh(text) if place is None else Diagnosis(text, (self, place, ""))
        if found is None:
            found = self._written_otherwise(text)
        if found is None:
            return NotListed(_NAME)
        if on < self._first:
            raise CannotCheck(f"the {_NAME} table ({self.edition}) is not for the day of service")
        return found

    def stale(self, on: date) -> tuple[Finding, ...]:
        """A finding for a day after the edition's last; none within it."""
        if on <= self.last:
            return ()
        return (
            Finding(
                code=_STALE,
                severity=Severity.WARNING,
                message=f"the codes are those of {self.edition}; nobody has verified them for this day",
                fix="Load the edition of the new fiscal year, which begins on October 1.",
                edition=self.edition,
            ),
        )

    def above(self, code: str | codes.ICD10CM) -> tuple[str, ...]:
        """The codes above one, the nearest first, up to its category."""
        plain = _plain(str(code))
        found = (_dotted(plain[:length]) for length in range(len(plain) - 1, _CATEGORY - 1, -1))
        return tuple(each for each in found if each in self._places)

    def below(self, code: str | codes.ICD10CM) -> tuple[str, ...]:
        """The codes directly below one; those with seventh characters where these are what it needs."""
        text = _dotted(_plain(str(code)))
        place = self._places.get(text)
        if place is None:
            return ()
        if self._is_leaf(place):
            whole = (_with_seventh(text, mark) for mark, _ in self.sevenths(place))
            return tuple(each for each in whole if each not in self._content.never)
        return tuple(each for each in self._all_below(place) if self._parent(each) == text)

    # ── notes ──

    def notes(self, code: str | codes.ICD10CM, *kinds: NoteKind, inherited: bool = True) -> tuple[Note, ...]:
        """The notes of a code, of the kinds that are named or of all: its own first, then what stands above it.

        A note at a block or a chapter holds for every code in it; one at a group of blocks stands at each of
        them. Of a code with a seventh character they are those of the code without it.
        """
        text = _dotted(_plain(str(code)))
        own = text if text in self._places else next(iter(self.above(text)), "")
        if not own:
            return ()
        chain = (own, *self.above(own)) if inherited else (own,)
        found = [*self._at_codes(chain), *(self._around(self._places[own]) if inherited else ())]
        return tuple(each for each in found if not kinds or each.kind in kinds)

    def excluded(self, one: str | codes.ICD10CM, other: str | codes.ICD10CM) -> tuple[Note, ...]:
        """The Excludes1 notes by which two codes are not used together, those of either.

        A note that names both of them (it stands above both) parts neither from the other.
        """
        first, second = str(one), str(other)
        return (
            *self._parting(first, second),
            *(each for each in self._parting(second, first) if each not in self._parting(first, second)),
        )

    def _parting(self, one: str, other: str) -> tuple[Note, ...]:
        notes = self.notes(one, NoteKind.EXCLUDES1)
        return tuple(each for each in notes if each.names(other) and not each.names(one))

    @cached_property
    def _notes(self) -> EditionNotes:
        return self._give_notes()

    def _at_codes(self, chain: Sequence[str]) -> Iterator[Note]:
        for code in chain:
            for kind, texts in self._notes.codes.get(self._places[code], {}).items():
                yield from (Note(kind=kind, text=text, at=code) for text in texts)

    def _around(self, place: int) -> Iterator[Note]:
        content = self._content
        for divisions, starts, notes in (
            (content.sections, self._section_starts, self._notes.sections),
            (content.chapters, self._chapter_starts, self._notes.chapters),
        ):
            at = bisect_right(starts, place) - 1
            for kind, texts in notes.get(at, {}).items():
                yield from (Note(kind=kind, text=text, at=divisions[at].name) for text in texts)

    # ── search ──

    def search(self, words: str, *, most: int = 20, billable_only: bool = False) -> tuple[Diagnosis, ...]:
        """The codes whose title, or a term under them, has all the words or their beginnings; the closest first.

        Words are compared without accents and case. Codes with seventh characters are found by the code without them.

        Raises:
            InvalidValue: when there is no word, or ``most`` is not above zero.
        """
        if most < 1:
            raise InvalidValue("search", "it gives at least one code")
        found = []
        for place in self._finder.places(words):
            made = Diagnosis(self._content.codes[place], (self, place, ""))
            if made.is_billable or not billable_only:
                found.append(made)
            if len(found) == most:
                break
        return tuple(found)

    @cached_property
    def _finder(self) -> Finder:
        terms = {place: each.get(NoteKind.INCLUSION_TERM, ()) for place, each in self._notes.codes.items()}
        return Finder(self._content.descriptions, terms)

    # ── within ──

    def _written_otherwise(self, text: str) -> Diagnosis | None:
        """The answer for a code without its dot, in lower case, or with blanks around it."""
        try:
            code = codes.ICD10CM.parse(text).value
        except InvalidValue:
            return None
        if code == text:
            return None
        place = self._places.get(code)
        return self._with_seventh(code) if place is None else Diagnosis(code, (self, place, ""))

    def _with_seventh(self, code: str) -> Diagnosis | None:
        """A code of seven characters, by the code before its seventh and placeholders."""
        if len(code) != _WHOLE:
            return None
        base = code[:-1]
        place = self._places.get(base)
        while place is None and base.endswith("X"):
            base = base[:-1].rstrip(".")
            place = self._places.get(base)
        if place is None or code[-1] not in self._marks(place) or code in self._content.never:
            return None
        return Diagnosis(code, (self, place, code[-1]))

    def _marks(self, place: int) -> Mapping[str, str]:
        found = self._marks_at.get(place)
        if found is None:
            found = self._marks_at[place] = dict(self.sevenths(place))
        return found

    # ── what a code says ──

    def title(self, place: int, seventh: str) -> str:
        """The description of a code; with a seventh character with what that says."""
        title = self._content.descriptions[place]
        return f"{title}, {self._marks(place)[seventh]}" if seventh else title

    def is_complete(self, place: int, seventh: str) -> bool:
        """Whether a code is no header and lacks no seventh character."""
        return bool(seventh) or (self._is_leaf(place) and not self._marks(place))

    def sevenths(self, place: int) -> Seventh:
        """The seventh characters that a code needs: its own definition or the nearest above; none of a header."""
        code = self._content.codes[place]
        if not self._is_leaf(place) or len(code) >= _WHOLE:
            return ()
        for each in (code, *self.above(code)):
            if found := self._content.sevenths.get(self._places[each]):
                return found
        return ()

    def parent(self, place: int, seventh: str) -> str:
        """The code above one."""
        code = self._content.codes[place]
        return code if seventh else self._parent(code)

    def section(self, place: int) -> str:
        """The block around a code."""
        return _around(self._content.sections, self._section_starts, place)

    def chapter(self, place: int) -> str:
        """The chapter around a code."""
        return _around(self._content.chapters, self._chapter_starts, place)

    def side(self, place: int) -> Side | None:
        """The side that a title names; not said where a code beside it names one and this one is unspecified."""
        titles = self._content.descriptions
        named = _named_side(titles[place])
        if named is not None or "unspecified" not in titles[place].lower():
            return named
        parent = self._parent(self._content.codes[place])
        if not parent:
            return None
        beside = (self._places[each] for each in self._all_below(self._places[parent]))
        sides = {_named_side(titles[each]) for each in beside}
        return Side.NOT_SAID if sides & {Side.LEFT, Side.RIGHT} else None

    def _is_leaf(self, place: int) -> bool:
        listed = self._content.codes
        return place + 1 == len(listed) or not listed[place + 1].startswith(listed[place])

    def _parent(self, code: str) -> str:
        return next(iter(self.above(code)), "")

    def _all_below(self, place: int) -> Iterator[str]:
        listed = self._content.codes
        for other in range(place + 1, len(listed)):
            if not listed[other].startswith(listed[place]):
                return
            yield listed[other]


def _around(divisions: tuple[Division, ...], starts: list[int], place: int) -> str:
    at = bisect_right(starts, place) - 1
    return divisions[at].name if at >= 0 else ""


def _plain(code: str) -> str:
    return code.strip().upper().replace(".", "")


def _dotted(plain: str) -> str:
    return plain if len(plain) <= _CATEGORY else f"{plain[:_CATEGORY]}.{plain[_CATEGORY:]}"


def _with_seventh(code: str, mark: str) -> str:
    return _dotted(_plain(code).ljust(_WITHOUT_SEVENTH, "X") + mark)


_SIDES: Final = (("bilateral", Side.BILATERAL), ("right", Side.RIGHT), ("left", Side.LEFT))


def _named_side(description: str) -> Side | None:
    """The side that a title names; none where it names both, as a crossing does."""
    words = set(description.lower().replace(",", " ").split())
    named = [side for word, side in _SIDES if word in words]
    return None if {Side.RIGHT, Side.LEFT} <= set(named) else next(iter(named), None)
