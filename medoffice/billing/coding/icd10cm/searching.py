"""Finding codes by words: an index of titles and of the terms under them, made when somebody first searches."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final

from medoffice.core import InvalidValue

_WORD: Final = re.compile(r"[0-9a-z]+")
_SMALL: Final = frozenset(
    {"of", "the", "and", "or", "with", "in", "to", "a", "an", "by", "for", "due", "on", "at"}
)


class Finder:
    """Words of titles and terms, each with the places where it stands."""

    def __init__(self, titles: Sequence[str], terms: Mapping[int, Sequence[str]]) -> None:
        self._sizes = [0] * len(titles)
        in_titles: dict[str, list[int]] = {}
        beside: dict[str, list[int]] = {}
        for place, title in enumerate(titles):
            words = words_of(title)
            self._sizes[place] = len(words)
            for word in dict.fromkeys(words):
                in_titles.setdefault(word, []).append(place)
            for term in terms.get(place, ()):
                for word in dict.fromkeys(words_of(term)):
                    beside.setdefault(word, []).append(place)
        self._in_titles, self._beside = in_titles, beside
        self._words = sorted({*in_titles, *beside})

    def places(self, text: str) -> list[int]:
        """Where all the words stand, the closest first: whole words, in titles, in short titles, in the list's order.

        Raises:
            InvalidValue: when there is no word.
        """
        wanted = [word for word in dict.fromkeys(words_of(text)) if word not in _SMALL]
        if not wanted:
            raise InvalidValue("search", "name at least one word")
        scores: dict[int, int] | None = None
        for word in wanted:
            here = self._scored(word)
            if scores is None:
                scores = here
            else:
                scores = {place: scores[place] + score for place, score in here.items() if place in scores}
        found = scores or {}
        return sorted(found, key=lambda place: (-found[place], self._sizes[place], place))

    def _scored(self, word: str) -> dict[int, int]:
        """Places of a word: 4 in a title, 3 where a title's word begins with it, 2 and 1 among the terms."""
        found: dict[int, int] = {}
        for each in self._beginning_with(word):
            is_whole = each == word
            for index, best in ((self._in_titles, 4), (self._beside, 2)):
                for place in index.get(each, ()):
                    found[place] = max(found.get(place, 0), best if is_whole else best - 1)
        return found

    def _beginning_with(self, word: str) -> list[str]:
        start = bisect_left(self._words, word)
        end = bisect_left(self._words, word + "\uffff")
        return self._words[start:end]


def words_of(text: str) -> list[str]:
    """The words of a text without accents, case and apostrophes."""
    plain = unicodedata.normalize("NFKD", text.lower()).replace("'", "").replace("\u2019", "")
    return _WORD.findall("".join(each for each in plain if not unicodedata.combining(each)))
