"""People and how to reach them. Every field that tells who somebody is hides itself in the repr."""

import re
import unicodedata
from datetime import date
from enum import Enum
from typing import Final, Self

import attrs

from medoffice.core.errors import InvalidValue
from medoffice.core.identifiers import MRN, NPI, Taxonomy
from medoffice.core.ids import PatientId, ResourceId
from medoffice.core.phi import PhiClass, initial, phi

_LANGUAGE: Final = r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?"
_EMAIL: Final = r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+"
_STATE: Final = r"[A-Z]{2}"
_ZIP: Final = r"\d{5}(-\d{4})?"
_LETTERS_WITHOUT_MARKS: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"}
)


def _one_line(_: object, attribute: "attrs.Attribute[str]", value: object) -> None:
    if not isinstance(value, str) or value != " ".join(value.split()):
        raise InvalidValue("text", f"{attribute.name} is one line without outer or doubled spaces")
    if not _is_writable(value):
        raise InvalidValue("text", f"{attribute.name} has no control characters")


def _is_writable(text: str) -> bool:
    """Without what no screen shows and some stores refuse: control characters and halves of surrogate pairs."""
    return not any(unicodedata.category(character) in {"Cc", "Cs"} for character in text)


def name_key(text: str) -> str:
    """A name as it is compared: no case, accents, spaces, hyphens or apostrophes.

    ``"O'Brien-Núñez"``, ``"obrien nunez"`` and ``"OBRIEN NUÑEZ"`` are one; so are Kaahumanu and the same
    with an okina. Letters of other scripts are kept.
    Folding: Unicode, section 3.13, D146 (compatibility caseless match), then marks are dropped.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(filter(_is_compared, folded.translate(_LETTERS_WITHOUT_MARKS)))


def _is_compared(letter: str) -> bool:
    # U+02B0 to U+02FF are letters to Unicode but apostrophes to us, the okina of Hawaiian among them.
    return letter.isalnum() and not "\u02b0" <= letter <= "\u02ff"


@attrs.frozen(kw_only=True)
class PersonName:
    """A person's name: ``family`` is required, ``given`` may be empty for those who have one name."""

    family: str = attrs.field(validator=_one_line, **phi(PhiClass.NAME))
    given: str = attrs.field(default="", validator=_one_line, **phi(PhiClass.NAME))
    middle: str = attrs.field(default="", validator=_one_line, **phi(PhiClass.NAME))
    suffix: str = attrs.field(default="", validator=_one_line, **phi(PhiClass.NAME))

    def __attrs_post_init__(self) -> None:
        if not name_key(self.family):
            raise InvalidValue("name", "the family name has at least one letter")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``"Family, Given Middle, Suffix"``, the order of a chart and a claim.

        Raises:
            InvalidValue: when there is no family name, or more than two commas.
        """
        parts = [" ".join(part.split()) for part in text.split(",")]
        if len(parts) > 3:  # noqa: PLR2004
            raise InvalidValue("name", "write family name, given names, suffix")
        family, given, suffix = (*parts, "", "")[:3]
        first, _, middle = given.partition(" ")
        return cls(family=family, given=first, middle=middle, suffix=suffix)

    def __str__(self) -> str:
        given = " ".join(part for part in (self.given, self.middle) if part)
        if self.suffix:
            return f"{self.family}, {given}, {self.suffix}"
        return f"{self.family}, {given}" if given else self.family

    @property
    def spoken(self) -> str:
        """The name in the order in which it is said: given, middle, family, suffix."""
        return " ".join(part for part in (self.given, self.middle, self.family, self.suffix) if part)

    @property
    def masked(self) -> str:
        """First letters only, ``"J*** D***"``, for a screen that others may see."""
        return " ".join(initial(part) for part in (self.given, self.family) if part)


def match_key(*, family: str, given: str, birth_date: date) -> str:
    """What two records of one person have in common: compared family and given name, and the birth date.

    It is PHI. Stores keep only a keyed hash of it.
    """
    return f"{name_key(family)}|{name_key(given)}|{birth_date.isoformat()}"


class Sex(Enum):
    """Sex as a claim carries it (X12 DMG03)."""

    FEMALE = "F"
    MALE = "M"
    UNKNOWN = "U"


@attrs.frozen
class Language:
    """A language by its BCP 47 tag, such as ``en``, ``es`` or ``zh-Hans``."""

    value: str

    def __attrs_post_init__(self) -> None:
        if re.fullmatch(_LANGUAGE, self.value, re.ASCII) is None:
            raise InvalidValue("language", "write a tag such as en, es or zh-Hans")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a tag.

        Raises:
            InvalidValue: when it is not language, optional script, optional region.
        """
        return cls(text.strip())

    def __str__(self) -> str:
        return self.value


@attrs.frozen
class Phone:
    """A North American telephone number: ten digits, neither area code nor exchange beginning with 0 or 1.

    Shape: North American Numbering Plan (NXX-NXX-XXXX).
    """

    digits: str = attrs.field(**phi(PhiClass.PHONE))

    def __attrs_post_init__(self) -> None:
        if re.fullmatch(r"[2-9]\d{2}[2-9]\d{6}", self.digits, re.ASCII) is None:
            raise InvalidValue("telephone number", "it has ten digits, the first and the fourth from 2 to 9")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number with any punctuation, with or without the country code 1.

        Raises:
            InvalidValue: when there are letters in it or the digits are not ten.
        """
        if re.search(r"[^0-9\s().+\-/]", text):
            raise InvalidValue("telephone number", "it has digits and punctuation only")
        digits = re.sub(r"\D", "", text, flags=re.ASCII)
        return cls(digits[1:] if len(digits) == 11 and digits[0] == "1" else digits)  # noqa: PLR2004

    def __str__(self) -> str:
        return f"({self.digits[:3]}) {self.digits[3:6]}-{self.digits[6:]}"

    @property
    def masked(self) -> str:
        """The last four digits, ``"***-***-1234"``."""
        return f"***-***-{self.digits[6:]}"


@attrs.frozen
class Email:
    """An e-mail address: something before one @, a dotted domain after it."""

    address: str = attrs.field(**phi(PhiClass.EMAIL))

    def __attrs_post_init__(self) -> None:
        if len(self.address) > 254 or re.fullmatch(_EMAIL, self.address) is None:  # noqa: PLR2004
            raise InvalidValue("e-mail address", "it has a name, one @ and a domain with a dot")
        if not _is_writable(self.address):
            raise InvalidValue("e-mail address", "it has no control characters")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an address; outer spaces are forgiven.

        Raises:
            InvalidValue: when the shape does not fit or it is longer than 254 characters (RFC 5321, 4.5.3.1.3).
        """
        return cls(text.strip())

    def __str__(self) -> str:
        return self.address

    @property
    def masked(self) -> str:
        """First letter and top-level domain, ``"m***@***.org"``."""
        name, _, domain = self.address.rpartition("@")
        return f"{initial(name)}@***.{domain.rsplit('.', 1)[-1]}"


@attrs.frozen(kw_only=True)
class Address:
    """A postal address in the United States: ``state`` is the two-letter code, ``zip_code`` has 5 or 9 digits."""

    street: str = attrs.field(validator=_one_line, **phi(PhiClass.PLACE))
    unit: str = attrs.field(default="", validator=_one_line, **phi(PhiClass.PLACE))
    city: str = attrs.field(validator=_one_line, **phi(PhiClass.PLACE))
    state: str
    zip_code: str = attrs.field(**phi(PhiClass.PLACE))

    def __attrs_post_init__(self) -> None:
        if not self.street or not self.city:
            raise InvalidValue("address", "street and city cannot be empty")
        if re.fullmatch(_STATE, self.state, re.ASCII) is None:
            raise InvalidValue("address", "the state is its two-letter code")
        if re.fullmatch(_ZIP, self.zip_code, re.ASCII) is None:
            raise InvalidValue("address", "the ZIP code has five digits, or five and four")

    def __str__(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        return f"{self.street}{unit}, {self.city}, {self.state} {self.zip_code}"

    @property
    def masked(self) -> str:
        """First character of street and city, and the state, ``"4***, C***, IL"``."""
        return f"{initial(self.street)}, {initial(self.city)}, {self.state}"


@attrs.frozen(kw_only=True)
class Patient:
    """One patient as the office knows them."""

    id: PatientId
    name: PersonName = attrs.field(**phi(PhiClass.NAME))
    birth_date: date = attrs.field(**phi(PhiClass.DATE))
    sex: Sex = attrs.field(default=Sex.UNKNOWN, **phi(PhiClass.HEALTH))
    mrn: MRN | None = attrs.field(default=None, **phi(PhiClass.RECORD_NUMBER))
    phone: Phone | None = attrs.field(default=None, **phi(PhiClass.PHONE))
    email: Email | None = attrs.field(default=None, **phi(PhiClass.EMAIL))
    address: Address | None = attrs.field(default=None, **phi(PhiClass.PLACE))
    language: Language = attrs.field(factory=lambda: Language("en"))
    wants_interpreter: bool = False

    @property
    def match_key(self) -> str:
        """See :func:`match_key`."""
        return match_key(family=self.name.family, given=self.name.given, birth_date=self.birth_date)


@attrs.frozen(kw_only=True)
class Provider:
    """A clinician whom patients have visits with; ``id`` is also the resource that a visit occupies."""

    id: ResourceId
    name: PersonName
    npi: NPI
    taxonomy: Taxonomy | None = None
    credentials: str = ""

    @property
    def title(self) -> str:
        """The name as a sign on a door has it, ``"Ruth Okafor, MD"``."""
        return f"{self.name.spoken}, {self.credentials}" if self.credentials else self.name.spoken
