"""Identifiers against python-stdnum, which knows more than their shape. Needs the extra ``identifiers``."""

from typing import Final

from medoffice.core import EIN, Cite, Finding, MedofficeError, Severity

NEVER_ISSUED: Final = "EIN001"
_SOURCE: Final = Cite("python-stdnum", "stdnum.us.ein")


class StdnumMissing(MedofficeError, ImportError):
    """python-stdnum is not installed."""

    def __init__(self) -> None:
        super().__init__("python-stdnum is not installed; run: pip install 'medoffice[identifiers]'")


try:
    import stdnum
    from stdnum.us import ein as us_ein
except ModuleNotFoundError:
    raise StdnumMissing from None


def check_ein(ein: EIN) -> tuple[Finding, ...]:
    """A warning (``EIN001``) when python-stdnum knows of no IRS campus that issues the EIN's first two digits.

    It is not an error: the IRS adds prefixes, and the table is as old as the python-stdnum that is installed,
    whose version is the finding's ``edition``. No finding means that the prefix is known, not that the number
    was given to anybody.
    """
    if us_ein.is_valid(str(ein)):
        return ()
    return (
        Finding(
            code=NEVER_ISSUED,
            severity=Severity.WARNING,
            message="the IRS is not known to issue employer numbers with these first two digits",
            where="EIN",
            fix="Compare the number with the letter of the IRS, or with the practice's W-9.",
            cites=(_SOURCE,),
            edition=f"python-stdnum {stdnum.__version__}",
        ),
    )
