"""What is wrong, or worth knowing, between a coverage on file and what its payer answered about it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import attrs

from medoffice.billing.coverage import Coverage
from medoffice.billing.eligibility.answer import AnsweredDays, EligibilityAnswer
from medoffice.billing.eligibility.benefit_codes import Network
from medoffice.billing.eligibility.permits import PermitKind, PermitOnFile
from medoffice.billing.eligibility.service_types import HEALTH_PLAN
from medoffice.billing.eligibility.summary import summarise
from medoffice.core import Cite, DateRange, Finding, InvalidValue, Patient, Severity, name_key

_GUIDE: Final = Cite("ASC X12N 005010X279A1", "271")
_BEGINS: Final = frozenset({"346", "356"})
_ENDS: Final = frozenset({"347", "357"})
_SPANS: Final = frozenset({"291", "307"})
_HMO: Final = "HM"
_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def _not_negative(_: object, __: object, value: int) -> None:
    if type(value) is not int or value < 0:
        raise InvalidValue(
            "verification", "the days for which an answer is good are a whole number, not below 0"
        )


@attrs.frozen(kw_only=True)
class Visit:
    """What is verified: the day, the service type, and how the office stands to the plan.

    ``network`` is ``IN`` or ``OUT`` as the office's contract has it, ``NOT_SAID`` when nobody knows.
    ``good_for_days`` is how old an answer may be on the day of the visit. ``is_primary_care`` is for a visit
    with the patient's own primary-care provider, who needs no referral. ``place`` is the office's place of service (two
    digits, empty when not known). ``permits`` are the referrals and authorizations that the office has for the coverage;
    ``has_referral`` and ``has_authorization`` say that there is one without telling which.
    """

    on: date
    service_type: str = HEALTH_PLAN
    network: Network = Network.NOT_SAID
    has_referral: bool = False
    has_authorization: bool = False
    is_primary_care: bool = False
    good_for_days: int = attrs.field(default=30, validator=_not_negative)
    place: str = ""
    permits: tuple[PermitOnFile, ...] = ()

    def permit(self, kind: PermitKind) -> tuple[bool, str]:
        """Whether a permit of a kind holds for the visit; and of one that is on file and does not, why not."""
        if self.has_referral if kind is PermitKind.REFERRAL else self.has_authorization:
            return True, ""
        ours = [
            each
            for each in self.permits
            if each.permit.kind is kind and each.permit.is_for(self.service_type)
        ]
        reasons = [each.why_not(self.on) for each in ours]
        return "" in reasons, next(iter(reasons), "")


def verify(
    coverage: Coverage, patient: Patient, answer: EligibilityAnswer, *, visit: Visit
) -> tuple[Finding, ...]:
    """Every finding about a coverage for a visit, worst first; none when the payer confirmed all that was asked.

    A payer's silence is a finding of its own, never a confirmation. Messages hold no PHI.
    """
    found = (
        *_about_the_answer(answer, visit),
        *_about_the_coverage(coverage, answer, visit),
        *_about_the_person(coverage, patient, answer),
        *_about_the_service(answer, visit),
    )
    return tuple(sorted(found, key=lambda finding: -finding.severity))


def _about_the_answer(answer: EligibilityAnswer, visit: Visit) -> Iterator[Finding]:
    for rejection in answer.rejections:
        yield _finding("ELG001", _ERROR, f"the payer did not answer: {rejection.reason}", rejection.advice)
    if answer.is_cut_off:
        yield _finding("ELG002", _ERROR, "the answer was cut off", "Ask the payer again.")
    if answer.answered_on is None:
        yield _finding(
            "ELG003", _WARNING, "the answer does not say when it was given", "Ask the payer again."
        )
    elif visit.on - answer.answered_on > timedelta(days=visit.good_for_days):
        yield _finding(
            "ELG003",
            _WARNING,
            f"the answer will be more than {visit.good_for_days} days old on the day of the visit",
            "Ask the payer again.",
        )


def _about_the_coverage(coverage: Coverage, answer: EligibilityAnswer, visit: Visit) -> Iterator[Finding]:
    if not coverage.is_active(visit.on):
        yield _finding(
            "ELG010",
            _ERROR,
            "the coverage on file does not run on the day of the visit",
            "Ask for the new card.",
        )
    if answer.is_active is False:
        yield _finding(
            "ELG011",
            _ERROR,
            "the payer says that the coverage is not active",
            "Ask the patient for other coverage.",
        )
    elif not _runs(answer.days, visit.on):
        yield _finding(
            "ELG012",
            _ERROR,
            "the payer says that the coverage does not run on the day of the visit",
            "Ask the patient for other coverage.",
        )
    elif answer.is_active is None and not answer.rejections:
        yield _finding(
            "ELG013", _WARNING, "the payer did not say whether the coverage is active", "Call the payer."
        )
    if answer.other_payers:
        yield _finding(
            "ELG014",
            _WARNING,
            "the payer knows of other coverage",
            "Ask the patient about it, and which is asked first.",
        )


def _runs(days: tuple[AnsweredDays, ...], on: date) -> bool:
    """Whether the days that were stated leave room for a day. A plan day as a range is begin and end at once."""
    for each in days:
        is_range = each.end is not None and each.end != each.start
        if is_range and each.kind in _SPANS | _BEGINS and on not in DateRange(each.start, each.end):
            return False
        if each.kind in _BEGINS and on < each.start:
            return False
        if each.kind in _ENDS and on > (each.end or each.start):
            return False
    return True


def _about_the_person(coverage: Coverage, patient: Patient, answer: EligibilityAnswer) -> Iterator[Finding]:
    person = answer.patient
    if person is None:
        return
    fix = "Compare the card with the record, and ask again with what the card says."
    said = (name_key(person.family), name_key(person.given))
    kept = (name_key(patient.name.family), name_key(patient.name.given))
    if said[0] and not _same_name(said, kept):
        yield _finding("ELG020", _WARNING, "the payer has another name for the patient", fix)
    if person.birth_date is not None and person.birth_date != patient.birth_date:
        yield _finding("ELG021", _ERROR, "the payer has another birth date for the patient", fix)
    holder = person.member_id or (answer.subscriber.member_id if answer.subscriber else "")
    if holder and plain_number(holder) not in member_numbers(coverage):
        yield _finding("ELG022", _WARNING, "the payer has another member number", fix)


def _same_name(said: tuple[str, str], kept: tuple[str, str]) -> bool:
    """Family names are the same; given names may be cut short or missing, as payers keep them."""
    one, other = said[1], kept[1]
    return said[0] == kept[0] and (one.startswith(other) or other.startswith(one))


def member_numbers(coverage: Coverage) -> frozenset[str]:
    """The numbers that mean the patient: the subscriber's, the dependent's own, and the one with the other added.

    They are in capital letters and digits, as :func:`plain_number` has them.
    """
    member, own = plain_number(str(coverage.member_id)), plain_number(coverage.dependent_number)
    return frozenset({member} | ({own, member + own} if own else set()))


def plain_number(text: str) -> str:
    """A number as it is compared: capital letters and digits."""
    return "".join(each for each in text.upper() if each.isalnum())


def _about_the_service(answer: EligibilityAnswer, visit: Visit) -> Iterator[Finding]:
    network = Network.OUT if visit.network is Network.OUT else Network.IN
    if visit.network is Network.OUT:
        yield _finding(
            "ELG030",
            _WARNING,
            "the office is not in the plan's network",
            "Tell the patient before the visit; they may owe more.",
        )
    if answer.is_active is not False and answer.is_active_for(visit.service_type) is False:
        yield _finding(
            "ELG031", _ERROR, "the plan does not cover the service", "Tell the patient what it costs without."
        )
    summary = summarise(answer, visit.service_type, network=network, place=visit.place)
    is_authorized, why_not = visit.permit(PermitKind.AUTHORIZATION)
    if summary.needs_authorization and not is_authorized:
        yield _finding("ELG032", _ERROR, "the service needs the payer's authorization", "Ask for it first.")
        if why_not:
            yield _finding("ELG036", _ERROR, f"the authorization on file {why_not}", "Ask for another.")
    if any(quantity.number <= 0 for quantity in summary.visits_remaining):
        yield _finding(
            "ELG033", _WARNING, "no visit is left of those that the plan pays for", "Tell the patient first."
        )
    is_gated = answer.primary_care_provider is not None and any(
        each.insurance_type == _HMO for each in answer.statements
    )
    is_referred, why_not = visit.permit(PermitKind.REFERRAL)
    if is_gated and not is_referred and not visit.is_primary_care:
        if why_not:
            yield _finding("ELG037", _WARNING, f"the referral on file {why_not}", "Ask for another.")
        yield _finding(
            "ELG034",
            _WARNING,
            "an HMO with a primary-care provider: a referral may be missing",
            "Ask for the referral, or check that the plan needs none.",
        )
    for field in summary.conflicts:
        yield _finding("ELG035", _INFO, f"the payer stated several values for {field}", "Call the payer.")


def _finding(code: str, severity: Severity, message: str, fix: str = "") -> Finding:
    return Finding(code=code, severity=severity, message=message, where="coverage", fix=fix, cites=(_GUIDE,))
