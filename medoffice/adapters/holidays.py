"""Public holidays as closures, from the package ``holidays``. Needs the extra ``calendar``."""

from collections.abc import Iterable

from medoffice.core import InvalidValue, MedofficeError
from medoffice.scheduling.calendar import Closure


class HolidaysMissing(MedofficeError, ImportError):
    """holidays is not installed."""

    def __init__(self) -> None:
        super().__init__("holidays is not installed; run: pip install 'medoffice[calendar]'")


try:
    from holidays import country_holidays
except ModuleNotFoundError:
    raise HolidaysMissing from None


def public_holidays(
    country: str, subdiv: str = "", years: Iterable[int] = (), *, language: str = "en_US", location: str = ""
) -> tuple[Closure, ...]:
    """The public holidays of a country, or of a state in it, as closures, earliest first.

    ``public_holidays("US", "NY", [2026, 2027])``. Days on which a holiday is observed because it falls on a weekend
    are holidays of their own (``"Independence Day (observed)"``); two holidays of one day are two closures. Few offices
    close on all of them: keep those whose ``name`` is yours. ``location`` closes one site only, for an office with
    sites in several states.

    The days are those that the installed edition of ``holidays`` knows; laws change, so new editions do.

    Raises:
        InvalidValue: when ``holidays`` knows no such country or subdivision.
    """
    wanted = sorted(set(years))
    try:
        found = country_holidays(
            country.strip().upper(), subdiv=subdiv.strip().upper() or None, years=wanted, language=language
        )
    except NotImplementedError:
        raise InvalidValue(
            "place with holidays", "the package holidays has no such country or subdivision"
        ) from None
    return tuple(
        Closure(days=day, name=" ".join(name.split()), location=location)
        for day in sorted(found)
        for name in sorted(found.get_list(day))
    )
