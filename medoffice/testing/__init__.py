"""What authors of extensions and adapters test with.

The names here need nothing but medoffice. Whatever needs more (hypothesis, a database) is imported by its module.
"""

from medoffice.testing.packs import check_pack
from medoffice.testing.rules import failure, judge
from medoffice.testing.shorthand import Example, read_example
from medoffice.testing.shorthand_words import ShorthandFault

__all__ = ["Example", "ShorthandFault", "check_pack", "failure", "judge", "read_example"]
