"""What goes wrong on the caller's side.

Exceptions are for mistakes of the calling program and for values that cannot exist. What is wrong with an
office's *data* is a finding (:mod:`medoffice.core.findings`), and a decision that may be refused is an outcome.
"""


class MedofficeError(Exception):
    """Root of every exception that medoffice raises on purpose."""


class InvalidValue(MedofficeError, ValueError):
    """A text or number that cannot be a value of the kind asked for.

    The message names the kind and the reason, never the text itself: it may be somebody's health data.

    >>> raise InvalidValue("NPI", "the check digit does not fit")
    Traceback (most recent call last):
    medoffice.core.errors.InvalidValue: not a valid NPI: the check digit does not fit
    """

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(kind, reason)
        self.kind = kind
        self.reason = reason

    def __str__(self) -> str:
        return f"not a valid {self.kind}: {self.reason}"


class NotInForce(MedofficeError, LookupError):
    """A dated value was asked for on a day before its first one."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.name} is not in force: {self.reason}"


class UnknownName(MedofficeError, LookupError):
    """A code, key or option that nobody declared; ``nearest`` is what was probably meant."""

    def __init__(self, kind: str, name: str, nearest: str = "") -> None:
        super().__init__(kind, name, nearest)
        self.kind = kind
        self.name = name
        self.nearest = nearest

    def __str__(self) -> str:
        hint = f"; did you mean {self.nearest!r}?" if self.nearest else ""
        return f"no {self.kind} is called {self.name!r}{hint}"
