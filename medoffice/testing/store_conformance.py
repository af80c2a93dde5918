"""What every store must hold, as a class to be run by pytest.

An adapter's author writes::

    class TestMyStore(StoreConformance):
        def make_store(self) -> Store:
            return MyStore(...)  # a fresh and empty one

        audit_key = ...  # what that store chains its audit trail with

and pytest runs every law below against it.
"""

from medoffice.testing.store_laws.all_or_nothing import AllOrNothingLaws
from medoffice.testing.store_laws.audit_trail import AuditTrailLaws
from medoffice.testing.store_laws.calendar import CalendarLaws
from medoffice.testing.store_laws.closing import ClosingLaws
from medoffice.testing.store_laws.keeping import KeepingLaws
from medoffice.testing.store_laws.occupied_time import OccupiedTimeLaws
from medoffice.testing.store_laws.once_only import OnceOnlyLaws
from medoffice.testing.store_laws.together import TogetherLaws
from medoffice.testing.store_laws.trial import putting, raises

__all__ = ["StoreConformance", "putting", "raises"]


class StoreConformance(
    KeepingLaws,
    AllOrNothingLaws,
    OccupiedTimeLaws,
    CalendarLaws,
    OnceOnlyLaws,
    AuditTrailLaws,
    TogetherLaws,
    ClosingLaws,
):
    """Every law of :mod:`medoffice.ports.store`; override :meth:`make_store`."""
