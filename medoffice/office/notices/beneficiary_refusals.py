"""Why a notice (ABN) is not given, or stands for nothing, as the office says it."""

from typing import Final

from medoffice.billing.beneficiary_notice import Need
from medoffice.core.explain import Explained
from medoffice.core.findings import Cite, Finding


def not_allowed(need: Explained[Need]) -> Finding:
    """The rule that forbids a notice, as a reason to refuse it."""
    (step,) = need.trace.steps
    return Finding.error(
        "ABN030",
        f"a notice may not be given: {step.label[0].lower()}{step.label[1:]}",
        fix="Give none; what is owed without one says the rule that is cited.",
        cites=step.cites,
    )


_MANUAL: Final = Cite("CMS Pub. 100-04", "chapter 30, section 50")
WHICH_PROGRAMME: Final = Finding.error(
    "ABN031",
    "the coverage on file does not tell whether the patient has Original Medicare",
    fix="Look at the card, and say which programme it is.",
    cites=(_MANUAL,),
)
BEGUN: Final = Finding.error(
    "ABN032",
    "the visit has begun, is over or was given up",
    fix="A notice is given before the service, with time to think.",
    cites=(_MANUAL,),
)
OLD_FORM: Final = Finding.error(
    "ABN033",
    "that is not a current edition of form CMS-R-131",
    fix="Read the day at the form's lower left, and take the current form from cms.gov.",
    cites=(_MANUAL,),
)
NONE_GIVEN: Final = Finding.error(
    "ABN034",
    "the patient has no notice for this service",
    fix="Give one before the service, if one is needed.",
    cites=(_MANUAL,),
)
