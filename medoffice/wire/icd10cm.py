"""The official files of ICD-10-CM, as bytes, to an edition: the tabular list in XML, and the order file.

The layout of the tabular list is read off that of April 2026; that of the order file (``icd10cm_order_2026.txt``: order number,
code without its dot, header flag, short and long title in fixed columns) is the one of the project's facts, from memory.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final
from xml.etree import ElementTree as ET

import attrs

from medoffice.billing.coding.icd10cm import ICD10CM, Content, Division, EditionNotes, NoteKind
from medoffice.billing.coding.icd10cm.content import Seventh
from medoffice.core import InvalidValue
from medoffice.core.codes import ICD10CM as SHAPE

_LARGEST: Final = 64_000_000
"""Bytes of a file; the tabular list of 2026 has ten million."""
_ORDER_LINE: Final = re.compile(r"\d{5} (?P<code>[A-Z0-9]{3,7})\s+[01] ")
_TEXT: Final = "ICD-10-CM tabular list"


def read_tabular(
    data: bytes, *, name: str, first: date, last: date, listed: frozenset[str] | None = None
) -> tuple[Content, EditionNotes]:
    """The edition of a tabular list, for the days from ``first`` to ``last``.

    ``listed`` are all codes that exist, without dots, as the order file has them: what the seventh characters would give
    beside these does not exist. Without it every seventh character is taken to go with every code that it stands over.

    Raises:
        InvalidValue: when it is no such file, or lacks a code that is ``listed``.
    """
    tree = _Reading(_root(data))
    content = Content(
        name=name,
        first=first,
        last=last,
        codes=tuple(tree.codes),
        descriptions=tuple(tree.descriptions),
        chapters=tuple(tree.chapters),
        sections=tuple(tree.sections),
        sevenths=tree.sevenths,
    )
    notes = EditionNotes(codes=tree.notes, sections=tree.of_sections, chapters=tree.of_chapters)
    return content if listed is None else with_listed(content, listed), notes


def with_listed(content: Content, listed: frozenset[str]) -> Content:
    """An edition in which only the codes of an order file exist; these are given without their dots.

    Raises:
        InvalidValue: when it lacks one of them, or has a code that takes no seventh character and is not among them: then
            the two files are of different editions.
    """
    everything = ICD10CM(content, lambda: EditionNotes(codes={}, sections={}, chapters={}))
    made = {code.replace(".", ""): code for code in everything}
    missing = len(listed - made.keys())
    never = frozenset(code for plain, code in made.items() if plain not in listed)
    more = len(never.intersection(content.codes))
    if missing or more:
        raise InvalidValue(
            _TEXT, f"it lacks {missing} codes of the order file and has {more} more; take both of one edition"
        )
    return attrs.evolve(content, never=never)


def read_order(data: bytes) -> frozenset[str]:
    """All codes of an order file, headers too, without their dots.

    Raises:
        InvalidValue: when a line is not one of such a file, or there is none.
    """
    found = set()
    for number, line in enumerate(data.decode("latin-1").splitlines(), 1):
        if not line.strip():
            continue
        row = _ORDER_LINE.match(line)
        if row is None:
            raise InvalidValue("ICD-10-CM order file", f"line {number} is not one of it")
        found.add(row["code"])
    if not found:
        raise InvalidValue("ICD-10-CM order file", "it is empty")
    return frozenset(found)


def _root(data: bytes) -> ET.Element:
    if len(data) > _LARGEST or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise InvalidValue(_TEXT, "it is larger than such a file, or declares what none of them does")
    try:
        root = ET.fromstring(data)  # noqa: S314 - without declarations there is nothing to expand
    except ET.ParseError:
        root = None
    if root is None or root.tag != "ICD10CM.tabular":
        raise InvalidValue(_TEXT, "it is no XML of one")
    return root


class _Reading:
    """The tree, written down as it is walked."""

    def __init__(self, root: ET.Element) -> None:
        self.codes: list[str] = []
        self.descriptions: list[str] = []
        self.sevenths: dict[int, Seventh] = {}
        self.notes: dict[int, dict[NoteKind, tuple[str, ...]]] = {}
        self.of_sections: dict[int, dict[NoteKind, tuple[str, ...]]] = {}
        self.of_chapters: dict[int, dict[NoteKind, tuple[str, ...]]] = {}
        self.chapters: list[Division] = []
        self.sections: list[Division] = []
        for chapter in root.iter("chapter"):
            _keep(self.of_chapters, len(self.chapters), chapter)
            self.chapters.append(self._division(chapter, lambda each: _text(each.find("name"))))
            groups: list[tuple[str, ET.Element]] = []
            for section in chapter.iter("section"):
                name = section.get("id", "")
                if section.find("diag") is None:
                    groups.append((name, section))  # a group of the blocks that follow
                    continue
                for group in (section, *(each for range_, each in groups if _is_within(name, range_))):
                    _keep(self.of_sections, len(self.sections), group)
                self.sections.append(self._division(section, lambda each: each.get("id", "")))
                for each in section.findall("diag"):
                    self._diag(each)

    def _division(self, element: ET.Element, name: Callable[[ET.Element], str]) -> Division:
        return Division(name=name(element), description=_text(element.find("desc")), start=len(self.codes))

    def _diag(self, element: ET.Element) -> None:
        place = len(self.codes)
        try:
            code = SHAPE.parse(_text(element.find("name"))).value
        except InvalidValue:
            raise InvalidValue(_TEXT, f"its code number {place + 1} has another shape") from None
        self.codes.append(code)
        self.descriptions.append(_text(element.find("desc")))
        _keep(self.notes, place, element)
        if found := tuple(_sevenths(element)):
            self.sevenths[place] = found
        for each in element.findall("diag"):
            self._diag(each)


def _is_within(block: str, group: str) -> bool:
    """Whether a block such as ``V00-V09`` lies in a group of blocks such as ``V00-V99``."""
    first, _, last = block.partition("-")
    begin, _, end = group.partition("-")
    return begin <= first and (last or first) <= end


def _keep(notes: dict[int, dict[NoteKind, tuple[str, ...]]], place: int, element: ET.Element) -> None:
    kinds = {each.value: each for each in NoteKind}
    found = dict(notes.get(place, {}))
    for child in element:
        if (kind := kinds.get(child.tag)) is not None:
            texts = tuple(text for note in child.findall("note") if (text := _text(note)))
            found[kind] = (*found.get(kind, ()), *texts)
    if kept := {kind: texts for kind, texts in found.items() if texts}:
        notes[place] = kept


def _sevenths(element: ET.Element) -> Iterator[tuple[str, str]]:
    for definition in element.findall("sevenChrDef"):
        for each in definition.findall("extension"):
            yield each.get("char", "").strip().upper(), _text(each)


def _text(element: ET.Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
