"""The package ``icalendar``; where it is not installed, a plain word about what to install, once it is needed."""

from typing import NoReturn

from medoffice.core import MedofficeError


class CalendarMissing(MedofficeError, ImportError):
    """icalendar is not installed, and a calendar is to be read or written."""

    def __init__(self) -> None:
        super().__init__("icalendar is not installed; run: pip install 'medoffice[calendar]'")


class _Missing:
    def __getattr__(self, _: str) -> NoReturn:
        raise CalendarMissing


try:
    import icalendar
except ModuleNotFoundError:
    icalendar = _Missing()  # type: ignore[assignment]

__all__ = ["CalendarMissing", "icalendar"]
