"""What every way to payers must hold, as a class to be run by pytest.

An adapter's author writes a subclass that has these three methods::

    class TestMine(PayerGatewayConformance):
        def make_gateway(self) -> PayerGateway: ...
        def let_answer(self, inquiry: EligibilityInquiry) -> None: ...
        def sent(self) -> int: ...
"""

from abc import abstractmethod
from datetime import date
from typing import Final

import attrs
import pytest

from medoffice.billing.coverage import Coverage
from medoffice.billing.eligibility import EligibilityInquiry, InquiredPerson
from medoffice.billing.payers import Payer
from medoffice.core import NPI, CoverageId, DateRange, MemberId, PatientId, PayerId
from medoffice.ports.payers import Answered, PayerGateway, TraceTaken, Waiting

PAYER: Final = Payer(PayerId("PRAIR1"), "Prairie Health Plan")
COVERAGE: Final = Coverage(
    id=CoverageId("cov-1"),
    patient=PatientId("pat-1"),
    payer=PAYER,
    plan="Silver",
    member_id=MemberId("PHP0012345"),
    effective=DateRange(date(2026, 1, 1)),
)


def inquiry(trace: str = "T-1", on: date = date(2026, 11, 30)) -> EligibilityInquiry:
    """A question about the subscriber of :data:`COVERAGE`."""
    return EligibilityInquiry(
        payer=PAYER,
        provider_name="Northside Family Medicine",
        provider=NPI("1234567893"),
        subscriber=InquiredPerson(member_id=COVERAGE.member_id),
        on=on,
        trace=trace,
        origin="9123456789",
    )


class PayerGatewayConformance:
    """Every law of :mod:`medoffice.ports.payers`."""

    @abstractmethod
    def make_gateway(self) -> PayerGateway:
        """A fresh gateway which reaches :data:`PAYER` and has sent nothing."""

    @abstractmethod
    def let_answer(self, inquiry: EligibilityInquiry) -> None:
        """Make the payer of the last gateway answer, so that the next ``collect`` finds it."""

    @abstractmethod
    def sent(self) -> int:
        """How many inquiries left the last gateway."""

    def test_an_answer_comes_once_and_is_known_ever_after(self) -> None:
        """Collected once; asking again under the trace gives it again and sends nothing."""
        gateway = self.make_gateway()
        gateway.ask(inquiry())
        self.let_answer(inquiry())
        (answer,) = gateway.collect().answers
        assert answer.traces == ("T-1",)
        assert answer.is_active
        assert gateway.collect().answers == ()
        assert gateway.ask(inquiry()) == Answered(answer)
        assert self.sent() == 1

    def test_one_trace_is_one_inquiry(self) -> None:
        """However often it is asked."""
        gateway = self.make_gateway()
        first = gateway.ask(inquiry())
        assert isinstance(first, Answered | Waiting)
        assert gateway.ask(inquiry()) == first == gateway.ask(attrs.evolve(inquiry()))
        assert self.sent() == 1

    def test_a_trace_is_not_given_to_another_question(self) -> None:
        """It is refused, and the first question stands."""
        gateway = self.make_gateway()
        gateway.ask(inquiry())
        with pytest.raises(TraceTaken):
            gateway.ask(inquiry(on=date(2026, 12, 1)))
        assert self.sent() == 1
        gateway.ask(inquiry())

    def test_answers_find_their_own_inquiries(self) -> None:
        """In whichever order they come; capital and small letters make two traces."""
        gateway = self.make_gateway()
        for trace in ("T-1", "t-1", "T-2"):
            gateway.ask(inquiry(trace))
        for trace in ("T-2", "t-1", "T-1"):
            self.let_answer(inquiry(trace))
        assert {each.traces for each in gateway.collect().answers} == {("T-1",), ("t-1",), ("T-2",)}
        for trace in ("T-1", "t-1", "T-2"):
            asked = gateway.ask(inquiry(trace))
            assert isinstance(asked, Answered)
            assert asked.answer.traces == (trace,)
        assert self.sent() == 3
