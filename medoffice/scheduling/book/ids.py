"""Opaque ids of what the book keeps beside visits: holds, offers, series."""

from medoffice.core import HoldId, OfferId, SeriesId

__all__ = ["HoldId", "OfferId", "SeriesId"]
