"""What is kept of a fit: the model as text, what it was worth on later visits, and what to know before its use."""

from datetime import datetime

import attrs

from medoffice.core import Finding, as_instant
from medoffice.scheduling.noshow.fitting import Fitted
from medoffice.scheduling.noshow.model import NoShowModel
from medoffice.scheduling.noshow.model_text import read_model, write_model


@attrs.frozen(kw_only=True)
class ModelFitted:
    """A model was fitted at an instant.

    ``text`` is of :func:`medoffice.scheduling.noshow.write_model`; ``report`` what it was worth on later visits, as
    lines for people, empty when there were too few of them. Neither knows of a single patient.

    Raises:
        InvalidValue: when the text is no model.
    """

    at: datetime = attrs.field(converter=as_instant)
    text: str
    is_usable: bool
    report: str = ""
    findings: tuple[Finding, ...] = ()

    def __attrs_post_init__(self) -> None:
        read_model(self.text)

    @classmethod
    def of(cls, fitted: Fitted, *, at: datetime) -> "ModelFitted":
        """What is kept of a fit that was made at an instant."""
        return cls(
            at=at,
            text=write_model(fitted.model),
            is_usable=fitted.is_usable,
            report="\n".join(map(str, fitted.tested)),
            findings=fitted.findings,
        )

    @property
    def model(self) -> NoShowModel:
        """The model itself."""
        return read_model(self.text)
