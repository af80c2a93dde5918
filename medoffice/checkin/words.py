"""Everything the kiosk can say, by name. The sentences are in ``kiosk/words``, one file a language.

A member's value is its key in those files; ``{name}`` in a sentence stands for a value of :class:`Say`.
"""

from datetime import date, time
from enum import Enum

import attrs

from medoffice.core.money import Money

SayValue = str | int | Money | time | date


def _hidden(values: tuple[tuple[str, SayValue], ...]) -> str:
    return "{" + ", ".join(name for name, _ in values) + "}"


class Word(Enum):
    """One sentence, label or button."""

    WELCOME_TITLE = "welcome.title"
    WELCOME_BODY = "welcome.body"
    WELCOME_SCANNER = "welcome.scanner"
    WELCOME_NAME_TITLE = "welcome.name-title"
    WELCOME_NO_CAMERA = "welcome.no-camera"
    NO_CODE = "welcome.no-code"
    CODE_NOT_OURS = "code.not-ours"
    CODE_OTHER_OFFICE = "code.other-office"
    CODE_EXPIRED = "code.expired"
    READING_TITLE = "reading.title"

    FAMILY_NAME_TITLE = "family-name.title"
    GIVEN_NAME_TITLE = "given-name.title"
    GIVEN_NAME_BODY = "given-name.body"
    NAME_BODY = "name.body"
    BIRTH_DATE_TITLE = "birth-date.title"
    BIRTH_DATE_BODY = "birth-date.body"
    NO_SUCH_DAY = "birth-date.no-such-day"
    LOOKING_TITLE = "looking.title"
    NOT_MATCHED_TITLE = "not-matched.title"
    NOT_MATCHED_BODY = "not-matched.body"

    DETAILS_TITLE = "details.title"
    DETAILS_BODY = "details.body"
    FIELD_NAME = "field.name"
    FIELD_VISIT = "field.visit"
    FIELD_PHONE = "field.phone"
    FIELD_EMAIL = "field.email"
    FIELD_ADDRESS = "field.address"
    FIELD_EMPTY = "field.empty"
    FIELD_NEW = "field.new"
    VISIT_VALUE = "field.visit-value"
    PICK_TITLE = "pick.title"
    PICK_BODY = "pick.body"
    PHONE_TITLE = "phone.title"
    EMAIL_TITLE = "email.title"
    ADDRESS_TITLE = "address.title"
    CORRECTION_BODY = "correction.body"
    PHONE_WRONG = "phone.wrong"
    EMAIL_WRONG = "email.wrong"
    ADDRESS_WRONG = "address.wrong"

    INSURANCE_TITLE = "insurance.title"
    INSURANCE_BODY = "insurance.body"
    INSURANCE_NONE_TITLE = "insurance.none-title"
    INSURANCE_NONE_BODY = "insurance.none-body"
    FIELD_PAYER = "field.payer"
    FIELD_MEMBER = "field.member"

    DUE_TITLE = "due.title"
    DUE_BODY = "due.body"
    DUE_BODY_AT_DESK = "due.body-at-desk"
    DUE_NOTHING_TITLE = "due.nothing-title"
    DUE_NOTHING_BODY = "due.nothing-body"
    DUE_UNSURE = "due.unsure"
    DUE_RANGE = "due.range"
    DUE_INSURANCE_CHANGED = "due.insurance-changed"
    WHY_TITLE = "why.title"
    WHY_NOTHING_TITLE = "why.nothing-title"
    WHY_BODY = "why.body"
    WHY_BODY_PLAN = "why.body-plan"
    WHY_TOTAL = "why.total"
    SAVING_TITLE = "saving.title"
    PAYING_TITLE = "paying.title"
    PAYING_BODY = "paying.body"
    PAYMENT_DECLINED_TITLE = "payment.declined-title"
    PAYMENT_UNKNOWN_TITLE = "payment.unknown-title"
    PAYMENT_TROUBLE_BODY = "payment.trouble-body"

    DONE_TITLE = "done.title"
    DONE_BODY = "done.body"
    DONE_PAID = "done.paid"
    DONE_PAY_AT_DESK = "done.pay-at-desk"
    DONE_NUMBER = "done.number"
    ALREADY_TITLE = "already.title"

    DESK_ASKED_TITLE = "desk.asked-title"
    DESK_ASKED_BODY = "desk.asked-body"
    DESK_NOT_MATCHED_TITLE = "desk.not-matched-title"
    DESK_NOT_MATCHED_BODY = "desk.not-matched-body"
    DESK_TROUBLE_TITLE = "desk.trouble-title"
    DESK_TROUBLE_BODY = "desk.trouble-body"

    IDLE_TITLE = "idle.title"
    IDLE_BODY = "idle.body"
    SLOW_BODY = "slow.body"

    YES = "button.yes"
    CHANGED = "button.changed"
    INSURANCE_SAME = "button.insurance-same"
    INSURANCE_CHANGED = "button.insurance-changed"
    INSURANCE_HAVE_NONE = "button.insurance-have-none"
    INSURANCE_HAVE_ONE = "button.insurance-have-one"
    CONTINUE = "button.continue"
    SKIP = "button.skip"
    PAY_NOW = "button.pay-now"
    PAY_AT_DESK = "button.pay-at-desk"
    WHY = "button.why"
    WHY_NOTHING = "button.why-nothing"
    FINISH = "button.finish"
    CHECK_IN = "button.check-in"
    PRINT = "button.print"
    TRY_AGAIN = "button.try-again"
    STAY = "button.stay"
    BACK = "button.back"
    PERSON = "button.person"


@attrs.frozen
class Say:
    """A sentence to show or speak, with the values that go into it; its repr hides the values."""

    word: Word
    values: tuple[tuple[str, SayValue], ...] = attrs.field(default=(), repr=_hidden)


def say(word: Word, **values: SayValue) -> Say:
    """``say(Word.DUE_TITLE, amount=Money(3000))``."""
    return Say(word, tuple(values.items()))
