"""What a fit says of its data and of itself, and why it says no: one stable code a reason."""

from typing import Final

from medoffice.core import Cite, Finding, Severity

FORBIDDEN_FACTOR: Final = "NSR001"
UNKNOWN_FACTOR: Final = "NSR002"
TOO_FEW_VISITS: Final = "NSR003"
ONE_OUTCOME: Final = "NSR004"
NO_CONVERGENCE: Final = "NSR005"
SILENT_FACTOR: Final = "NSR006"
ONE_SIDED_LEVEL: Final = "NSR007"
NO_BETTER: Final = "NSR008"
OFF_LEVEL: Final = "NSR009"
NOT_TESTED: Final = "NSR010"


def forbidden_factor(name: str, *, why: str, cites: tuple[Cite, ...]) -> Finding:
    """``NSR001``: the factor is, or stands in for, something by which patients must not be told apart."""
    return Finding(
        code=FORBIDDEN_FACTOR,
        severity=Severity.ERROR,
        message=f"a no-show risk may not rest on this factor: {why}",
        where=f"factor {name}",
        fix="Leave it out. To see how the model treats groups of patients, use the audit, which only reports.",
        cites=cites,
    )


def unknown_factor(name: str) -> Finding:
    """``NSR002``: nobody said that this factor may be used."""
    return Finding.error(
        UNKNOWN_FACTOR,
        "the policy does not know this factor",
        where=f"factor {name}",
        fix="Correct the name, or admit the factor in the policy and say because of what.",
    )


def too_few_visits(found: int, needed: int) -> Finding:
    """``NSR003``: the history is too short to learn from."""
    return Finding.error(
        TOO_FEW_VISITS,
        f"{found} visits to learn from, {needed} are needed",
        fix="Use the office's plain no-show rate until there are more.",
    )


def one_outcome(*, missed: bool) -> Finding:
    """``NSR004``: all visits of the window ended alike, so there are no odds to learn."""
    return Finding.error(
        ONE_OUTCOME,
        f"every visit to learn from was {'missed' if missed else 'kept'}",
        fix="Look whether no-shows are noted in the book at all.",
    )


def no_convergence(rounds: int) -> Finding:
    """``NSR005``: the fit did not come to rest."""
    return Finding.error(
        NO_CONVERGENCE,
        f"the fit did not settle in {rounds} rounds",
        fix="Choose a narrower prior, or allow more rounds.",
    )


def silent_factor(name: str) -> Finding:
    """``NSR006``: the factor had one level, or none, in all of the history, so it can say nothing."""
    return Finding(
        code=SILENT_FACTOR,
        severity=Severity.WARNING,
        message="the factor never varied in the visits learned from, so it has no share in any risk",
        where=f"factor {name}",
        fix="Leave it out, or note it for visits from now on.",
    )


def one_sided_level(name: str, level: str, *, visits: int, missed: bool) -> Finding:
    """``NSR007``: a level under which all visits ended alike; its odds rest on the prior, not on data alone."""
    return Finding(
        code=ONE_SIDED_LEVEL,
        severity=Severity.INFO,
        message=f"all {visits} visits of this level were {'missed' if missed else 'kept'}; the prior keeps its odds finite",
        where=f"factor {name}, level {level}",
    )


def no_better() -> Finding:
    """``NSR008``: on later visits the model is not shown to be closer to the truth than the plain rate."""
    return Finding(
        code=NO_BETTER,
        severity=Severity.WARNING,
        message="on later visits the model is not shown to do better than the plain no-show rate",
        fix="Use the plain rate. Decide nothing about a single patient by this model.",
    )


def off_level(predicted: float, observed: float) -> Finding:
    """``NSR009``: later visits were missed more or less often than the model says, beyond chance."""
    return Finding(
        code=OFF_LEVEL,
        severity=Severity.WARNING,
        message=f"the model expected {predicted:.1%} of later visits to be missed, and {observed:.1%} were",
        fix="Fit again on newer visits; something in the office has changed.",
    )


def not_tested(visits: int) -> Finding:
    """``NSR010``: there are too few later visits to judge the model by."""
    return Finding(
        code=NOT_TESTED,
        severity=Severity.WARNING,
        message=f"only {visits} later visits to test the model on",
        fix="Wait for more visits, or train on an earlier window.",
    )
