"""What one practice wants of the rules: which run, which do not and why, how grave, and with what numbers."""

from typing import Final

import attrs

from medoffice.core import InvalidValue, Severity
from medoffice.core.parameters import ParameterValue
from medoffice.rules.catalog import Catalog
from medoffice.rules.model import ContextT_contra, Rule, SubjectT_contra
from medoffice.rules.nearest import unknown
from medoffice.rules.settings import Chosen, read_value

_SHORTEST_REASON: Final = 3


@attrs.frozen
class Ignore:
    """A rule, or a family, that does not run here, and the reason, which is required.

    Raises:
        InvalidValue: when no reason is given.
    """

    selector: str
    because: str = attrs.field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        if len(self.because.strip()) < _SHORTEST_REASON:
            raise InvalidValue("policy", f"{self.selector} is ignored without a reason; say because")


@attrs.frozen
class Regrade:
    """A rule, or a family, whose findings count more or less here than the rule itself says."""

    selector: str
    severity: Severity


@attrs.frozen(kw_only=True)
class Setting:
    """A value for one rule's parameter: for everybody, or with ``per="payer"`` for the payer in ``key``."""

    rule: str
    param: str
    value: object
    per: str = ""
    key: str = ""


@attrs.frozen(kw_only=True)
class Policy:
    """A practice's choices, by rule code (``MOD025``) or family (``MOD``); an empty one changes nothing.

    A code or parameter that no rule has is found when the policy meets a catalogue, and is an error: a rule
    that is ignored under a misspelt code would otherwise go on firing, or a limit go on being the wrong one,
    unseen.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[Ignore, ...] = ()
    severity: tuple[Regrade, ...] = ()
    settings: tuple[Setting, ...] = ()

    def selected(
        self, catalog: Catalog[SubjectT_contra, ContextT_contra]
    ) -> tuple[Rule[SubjectT_contra, ContextT_contra], ...]:
        """The rules that run.

        Raises:
            UnknownName: when a selector matches no rule.
        """
        wanted = {rule.code for selector in self.select for rule in catalog.matching(selector)}
        dropped = {rule.code for entry in self.ignore for rule in catalog.matching(entry.selector)}
        return tuple(
            rule for rule in catalog if (not self.select or rule.code in wanted) and rule.code not in dropped
        )

    def severities(self, catalog: Catalog[SubjectT_contra, ContextT_contra]) -> dict[str, Severity]:
        """The severity of each rule by code; a choice for the code wins over one for its family.

        Raises:
            UnknownName: when a selector matches no rule.
        """
        graded = {rule.code: rule.severity for rule in catalog}
        for entry in sorted(self.severity, key=lambda entry: entry.selector in graded):
            graded |= {rule.code: entry.severity for rule in catalog.matching(entry.selector)}
        return graded

    def chosen(self, catalog: Catalog[SubjectT_contra, ContextT_contra]) -> dict[str, Chosen]:
        """The values that were set, by rule code: parameter, key, value.

        Raises:
            UnknownName: when no rule has that code, the rule no such parameter, or it has no values by payer.
            InvalidValue: when the value does not fit the unit, or is set twice.
        """
        values: dict[str, dict[tuple[str, str], ParameterValue]] = {}
        for setting in self.settings:
            params = {param.name: param for param in catalog[setting.rule].params}
            if setting.param not in params:
                raise unknown(f"parameter of {setting.rule}", setting.param, params)
            param = params[setting.param]
            if setting.per and setting.per != param.per:
                raise unknown(f"way to part {param.name} of {setting.rule}", setting.per, [param.per])
            if bool(setting.key) != bool(setting.per):
                raise InvalidValue("policy", f"{param.name} of {setting.rule}: per and key go together")
            of_rule = values.setdefault(setting.rule, {})
            if (param.name, setting.key) in of_rule:
                raise InvalidValue("policy", f"{param.name} of {setting.rule} is set twice")
            try:
                of_rule[param.name, setting.key] = read_value(param.unit, setting.value)
            except InvalidValue as cause:
                raise InvalidValue("policy", f"{param.name} of {setting.rule}: {cause.reason}") from None
        return {
            code: tuple((name, key, value) for (name, key), value in of_rule.items())
            for code, of_rule in values.items()
        }
