"""English; the library's own words."""

from typing import Final

from medoffice.workflows.collection.words import ENGLISH

WORDS: Final = ENGLISH
