"""What a receipt's paper says, line by line, and the same as plain text."""

import textwrap
from typing import Final

import attrs

from medoffice.adapters.letters.receipt_words import ReceiptWords, receipt_words_in
from medoffice.core.errors import InvalidValue
from medoffice.core.money import Money
from medoffice.core.people import Language
from medoffice.core.phi import PhiClass, phi
from medoffice.workflows.collection import Receipt

WIDTH: Final = 48
"""Letters on a line of plain text: what a narrow roll of paper has."""


@attrs.frozen(kw_only=True)
class ReceiptPaper:
    """A receipt and what is printed around it.

    ``place`` and ``phone`` are the office's own and may be empty; so may ``patient``, the name in the order in which it
    is said.

    Raises:
        InvalidValue: when a text is not one line.
    """

    receipt: Receipt
    place: str = ""
    phone: str = attrs.field(default="", **phi(PhiClass.PHONE))
    patient: str = attrs.field(default="", **phi(PhiClass.NAME))
    language: Language = attrs.field(factory=lambda: Language("en"))

    def __attrs_post_init__(self) -> None:
        for text in (self.place, self.phone, self.patient):
            if text != " ".join(text.split()):
                raise InvalidValue("receipt", "its texts are one line without outer or doubled spaces")

    @property
    def words(self) -> ReceiptWords:
        """The words of its language.

        Raises:
            UnknownName: when there are none.
        """
        return receipt_words_in(self.language)

    @property
    def title(self) -> str:
        """What the paper is."""
        return self.words.refund_title if self.receipt.is_refund else self.words.title

    @property
    def number(self) -> str:
        """What it is, with its number."""
        words = self.words
        text = words.refund_number if self.receipt.is_refund else words.number
        return text.format(number=self.receipt.number)

    @property
    def visit_day(self) -> str:
        """The day of the visit that it is for; empty where it is for none. What was done there stands nowhere."""
        day = self.receipt.visit_day
        return self.words.visit_day.format(day=self.words.write_day(day)) if day else ""

    @property
    def paid_for(self) -> tuple[tuple[str, Money], ...]:
        """What was paid for, or what it was that went back, and how much of it."""
        if self.receipt.is_refund:
            return ((self.words.given_back, self.receipt.amount),)
        return tuple((self.words.parts[part], amount) for part, amount in self.receipt.lines)

    @property
    def total(self) -> str:
        """How it was paid, or went back."""
        words, receipt = self.words, self.receipt
        how = (words.refunded if receipt.is_refund else words.total)[receipt.means]
        if not receipt.reference:
            return how
        return f"{how}, {words.reference.format(reference=' '.join(receipt.reference.split()))}"

    @property
    def says_left(self) -> bool:
        """Whether it says what is left: of a payment that does not count, what was left after it does not either."""
        return self.receipt.voided_on is None and (self.is_settled or bool(self.left))

    @property
    def left_heading(self) -> str:
        """What stands above what is left."""
        return self.words.after_refund if self.receipt.is_refund else self.words.left

    @property
    def left(self) -> tuple[tuple[str, Money], ...]:
        """What was left to pay after it, and the deposits held; without what is nothing."""
        words, receipt = self.words, self.receipt
        rows = (
            (words.left_for_visit, receipt.left_for_visit or Money.zero),
            (words.left_balance, receipt.left_balance),
            (words.left_on_plan, receipt.left_on_plan),
            (words.deposit, receipt.deposits),
        )
        return tuple((label, amount) for label, amount in rows if amount)

    @property
    def is_settled(self) -> bool:
        """Whether nothing was left to pay after it; never said of a deposit, since what it is for may cost more."""
        receipt = self.receipt
        left = (receipt.left_for_visit, receipt.left_balance, receipt.left_on_plan)
        return receipt.split.kept != receipt.amount and not any(left)

    @property
    def voided(self) -> str:
        """That it does not count, and since when; empty on one that does."""
        day = self.receipt.voided_on
        text = self.words.refund_voided if self.receipt.is_refund else self.words.voided
        return text.format(day=self.words.write_day(day)) if day else ""


def write_text(paper: ReceiptPaper) -> str:
    """The receipt as lines of at most :data:`WIDTH` letters, amounts to the right.

    Raises:
        UnknownName: when there are no words in its language.
    """
    words, receipt = paper.words, paper.receipt
    lines = [*_wrapped(receipt.office), *_wrapped(paper.place), *_wrapped(paper.phone), ""]
    if paper.voided:
        lines += [f"*** {words.void} ***", *_wrapped(paper.voided), ""]
    lines += [paper.number, *_wrapped(_capital(words.write_day(receipt.day)))]
    if paper.patient:
        lines += _wrapped(f"{words.patient} {paper.patient}")
    lines += ["", *_wrapped(paper.visit_day)]
    for label, amount in paper.paid_for:
        lines += _row(label, amount)
    lines += ["-" * WIDTH, *_row(paper.total, receipt.amount)]
    if paper.says_left:
        lines += ["", paper.left_heading, *(line for each in paper.left for line in _row(*each))]
        lines += _wrapped(words.nothing_left) if paper.is_settled else []
    lines += ["", *_wrapped(words.keep)]
    return "\n".join(lines) + "\n"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH)


def _row(label: str, amount: Money) -> list[str]:
    """A label and its amount; a long label takes lines of its own before the amount's."""
    figure = str(amount)
    *before, last = textwrap.wrap(label, WIDTH - len(figure) - 1)
    return [*before, f"{last}{figure:>{WIDTH - len(last)}}"]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
