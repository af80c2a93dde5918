"""What stands against a good-faith estimate at the office: why one is not given or judged, and that one came late."""

from typing import Final

from medoffice.core.findings import Cite, Finding, Severity

_RULE: Final = Cite("45 CFR 149.610", "(a)(2) and (b)(1)")
GIVEN_LATE: Final = Finding(
    code="GFE005",
    severity=Severity.WARNING,
    message="the estimate was given after the day on which it was owed",
    cites=(_RULE,),
)
NONE_GIVEN: Final = Finding.error(
    "GFE016",
    "no estimate was given for this visit, so there is nothing to compare the bill with",
    fix="Compare it with the paper that the patient was handed, if there is one; what is not on file is not judged here.",
    cites=(Cite("45 CFR 149.620", "(a)(2)(ii)"),),
)
OVER: Final = Finding.error(
    "GFE017",
    "the visit is over or was given up",
    fix="An estimate is given before the service.",
)
INSURED: Final = Finding.error(
    "GFE018",
    "the patient has cover on file for the day, and nobody noted that no claim is wanted",
    fix="Ask whether a claim shall go to the plan, and note the answer first.",
    cites=(_RULE,),
)
