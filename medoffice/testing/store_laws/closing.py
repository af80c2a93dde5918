"""A closed store, and what a store says when it refuses."""

from medoffice.ports.store import (
    StoreError,
    StoreUnavailable,
)
from medoffice.testing import store_records as make
from medoffice.testing.store_laws.trial import StoreTrial, putting, raises


class ClosingLaws(StoreTrial):
    """A closed store, and what a store says when it refuses."""

    def test_a_closed_store_refuses_and_may_be_closed_again(self) -> None:
        """Closing twice is harmless; using it afterwards is said to be impossible."""
        self.store.close()
        self.store.close()
        with raises(StoreUnavailable):
            self.read(lambda t: t.visit_types())
        with raises(StoreUnavailable):
            self.write(putting(make.patient()))

    def test_no_error_tells_who(self) -> None:
        """What a store says when it refuses names nobody."""
        self.booked("apt-1")
        said: list[str] = []
        for step in (
            putting(make.appointment("apt-2")),
            putting(make.appointment("apt-1", revision=5)),
            lambda t: t.add_check_in(make.check_in(who="pat-9")),
        ):
            try:
                self.write(step)
            except StoreError as refused:
                said.append(f"{refused!r} {refused} {refused.__cause__!r}")
        assert len(said) == 3
        secrets = ("Rivera", "Jordan", "1980", "knee", "312", "apt-2", "pat-1")
        assert not [word for word in secrets if word in " ".join(said)]
