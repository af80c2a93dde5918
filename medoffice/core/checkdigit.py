"""Check digits that several identifiers share."""

from medoffice.core.errors import InvalidValue

_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def luhn_is_valid(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of those before it (ISO/IEC 7812-1, annex B).

    ``digits`` are ASCII digits, at least two; anything else is not valid.
    """
    if len(digits) < 2 or not (digits.isascii() and digits.isdigit()):  # noqa: PLR2004
        return False
    return _luhn_sum(digits) % 10 == 0


def luhn_digit(digits: str) -> str:
    """The check digit that makes ``digits`` valid when it is appended.

    Raises:
        InvalidValue: when the text is empty or holds anything but ASCII digits.
    """
    if not (digits.isascii() and digits.isdigit()):
        raise InvalidValue("run of digits", "only the digits 0 to 9 have a Luhn check digit")
    return str(-_luhn_sum(digits + "0") % 10)


def _luhn_sum(digits: str) -> int:
    numbers = [int(digit) for digit in reversed(digits)]
    return sum(numbers[::2]) + sum(_DOUBLED[number] for number in numbers[1::2])
