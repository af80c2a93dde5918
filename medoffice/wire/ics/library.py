"""The package ``icalendar``, or a plain word about what to install."""

try:
    import icalendar
except ImportError as missing:
    raise ImportError("icalendar is not installed; run: pip install 'medoffice[calendar]'") from missing

__all__ = ["icalendar"]
