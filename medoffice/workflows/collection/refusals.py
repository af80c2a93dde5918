"""Why money is not taken, voided or given back: one stable code a reason, and no message holds a name."""

from typing import Final

from medoffice.core import Money, Refused

NOT_SETTLED: Final = "COL001"
TOO_MUCH: Final = "COL002"
NO_REFERENCE: Final = "COL003"
NO_SUCH_RECEIPT: Final = "COL004"
VOID_ALREADY: Final = "COL005"
SPENT_SINCE: Final = "COL006"
NOT_HELD: Final = "COL007"
PAID_SINCE: Final = "COL008"
PLAN_RUNS: Final = "COL009"
NO_PLAN: Final = "COL010"
NOTHING_TO_PLAN: Final = "COL011"
PLAN_TOO_LONG: Final = "COL012"
NOT_PAID_FOR: Final = "COL013"
NOT_ASKED_FOR: Final = "COL014"
AHEAD_OF_TIME: Final = "COL015"


def not_settled(count: int) -> Refused:
    """``COL001``: a payment for the same was asked for, and nobody knows how it ended."""
    return Refused.because(
        NOT_SETTLED,
        f"{count} payment{'s' if count > 1 else ''} for this visit may have been taken already",
        fix="Look at the terminal how it ended, note that, and only then ask for money again.",
    )


def too_much(by: Money) -> Refused:
    """``COL002``: more than can be owed."""
    return Refused.because(
        TOO_MUCH,
        f"that is {by} more than the patient can owe",
        fix=f"Take {by} less, or say that the rest is to be kept as a deposit.",
    )


def no_reference() -> Refused:
    """``COL003``: a check without its number, or a card of which nobody says that the terminal was asked."""
    return Refused.because(
        NO_REFERENCE,
        "a check or a card is written down with its number, which is missing",
        fix="Give the check's number, or the one that the terminal shows when it is done.",
    )


def no_such_receipt() -> Refused:
    """``COL004``: no receipt has that number."""
    return Refused.because(
        NO_SUCH_RECEIPT, "no receipt has that number", fix="Look on the paper; numbers count from 1."
    )


def void_already() -> Refused:
    """``COL005``: the payment is void."""
    return Refused.because(VOID_ALREADY, "that payment is void already", fix="Nothing is left to do.")


def spent_since() -> Refused:
    """``COL006``: what was kept of a payment is not there any more."""
    return Refused.because(
        SPENT_SINCE,
        "what was kept of that payment has been used or given back since",
        fix="Release first what the deposit paid for, or void its refund; then void the payment.",
    )


def not_held(held: Money) -> Refused:
    """``COL007``: less is held than is to go back."""
    return Refused.because(
        NOT_HELD,
        f"only {held} is held as a deposit",
        fix="Give back no more than that; money paid for a visit is released first.",
    )


def paid_since(paid: Money, on_plan: Money) -> Refused:
    """``COL008``: the balance stated is less than what came off it since, or stands on a plan."""
    return Refused.because(
        PAID_SINCE,
        f"{paid} was taken towards earlier visits from that day on and {on_plan} stands on a plan: more than that",
        fix="State the balance as of today, after today's payments; end a plan that holds no more.",
    )


def plan_runs() -> Refused:
    """``COL009``: there is a plan."""
    return Refused.because(
        PLAN_RUNS, "a payment plan runs already", fix="End it first; what is left is balance again."
    )


def no_plan() -> Refused:
    """``COL010``: there is none."""
    return Refused.because(NO_PLAN, "no payment plan runs", fix="Nothing is left to end.")


def nothing_to_plan(balance: Money) -> Refused:
    """``COL011``: the plan would be for more than the balance, or for nothing."""
    return Refused.because(
        NOTHING_TO_PLAN,
        f"a plan is for a part of the balance of earlier visits, which is {balance}",
        fix="State the balance first; what is due for today's visit is not part of it yet.",
    )


def plan_too_long(most: int) -> Refused:
    """``COL012``: more instalments than the practice agrees to."""
    return Refused.because(
        PLAN_TOO_LONG,
        f"the practice agrees to {most} instalments at most",
        fix="Choose fewer, or change most_instalments in collection.toml.",
    )


def not_paid_for(paid: Money) -> Refused:
    """``COL013``: more is to be released than the visit has."""
    return Refused.because(
        NOT_PAID_FOR, f"only {paid} was paid for that visit", fix="Release no more than that."
    )


def not_asked_for() -> Refused:
    """``COL014``: there is no such payment to settle."""
    return Refused.because(
        NOT_ASKED_FOR, "no payment with that id was asked for", fix="Look among the payments without an end."
    )


def ahead_of_time() -> Refused:
    """``COL015``: the balance would be stated for a day to come."""
    return Refused.because(
        AHEAD_OF_TIME, "a balance is stated as of today or an earlier day", fix="Give a day that has begun."
    )
