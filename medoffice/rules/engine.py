"""One run: a catalogue of rules under a practice's policy over one subject on one day."""

import re
from datetime import date
from typing import Final, Generic

import attrs

from medoffice.core import Finding, Reading, Severity, worst
from medoffice.rules.catalog import Catalog
from medoffice.rules.model import ContextT_contra, Fault, Rule, SubjectT_contra, Unchecked
from medoffice.rules.policy import Policy
from medoffice.rules.settings import Chosen, Settings
from medoffice.rules.tables import CannotCheck

BROKEN: Final = "RUL001"
"""The code of the finding that says that a rule failed, not the data."""


@attrs.frozen(kw_only=True)
class NotChecked:
    """A rule that could not judge all that it should have, why, and where; this is never a pass."""

    code: str
    reason: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.code} not checked: {self.reason}{f' ({self.where})' if self.where else ''}"


@attrs.frozen(kw_only=True)
class Report:
    """What a run found, what it could not check, and the codes of the rules that ran to their end.

    Findings stand in the order of their places (claim, line 2, line 10), the gravest first within a place.
    """

    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    checked: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found and nothing was left unchecked."""
        return not self.findings and not self.not_checked

    @property
    def severity(self) -> Severity:
        """The gravest severity among the findings."""
        return worst(self.findings)


@attrs.frozen(kw_only=True)
class _Planned(Generic[SubjectT_contra, ContextT_contra]):
    rule: Rule[SubjectT_contra, ContextT_contra]
    severity: Severity
    chosen: Chosen


@attrs.frozen
class Engine(Generic[SubjectT_contra, ContextT_contra]):
    """A catalogue with a policy already applied, ready to judge many subjects."""

    _plan: tuple[_Planned[SubjectT_contra, ContextT_contra], ...]

    @classmethod
    def prepare(
        cls, catalog: Catalog[SubjectT_contra, ContextT_contra], policy: Policy
    ) -> "Engine[SubjectT_contra, ContextT_contra]":
        """Apply the policy to the catalogue.

        Raises:
            UnknownName: when the policy names a rule, family or parameter that does not exist.
            InvalidValue: when it sets a value that does not fit.
        """
        severities, chosen = policy.severities(catalog), policy.chosen(catalog)
        return cls(
            tuple(
                _Planned(rule=rule, severity=severities[rule.code], chosen=chosen.get(rule.code, ()))
                for rule in policy.selected(catalog)
            )
        )

    def run(self, subject: SubjectT_contra, ctx: ContextT_contra, *, on: date) -> Report:
        """Judge one subject with the rules in force on ``on``, the day of service."""
        findings: list[Finding] = []
        not_checked: list[NotChecked] = []
        checked: list[str] = []
        for planned in self._plan:
            if planned.rule.in_force(on):
                found, missed = _judge(planned, subject, ctx, on)
                findings += found
                not_checked += missed
                if not missed:
                    checked.append(planned.rule.code)
        return Report(
            findings=tuple(sorted(dict.fromkeys(findings), key=_order)),
            not_checked=tuple(
                sorted(dict.fromkeys(not_checked), key=lambda n: (n.code, _natural(n.where), n.reason))
            ),
            checked=tuple(checked),
        )


def run(
    catalog: Catalog[SubjectT_contra, ContextT_contra],
    policy: Policy,
    subject: SubjectT_contra,
    ctx: ContextT_contra,
    *,
    on: date,
) -> Report:
    """Judge one subject; for many, prepare an :class:`Engine` once.

    Raises:
        UnknownName: when the policy names a rule, family or parameter that does not exist.
        InvalidValue: when it sets a value that does not fit.
    """
    return Engine.prepare(catalog, policy).run(subject, ctx, on=on)


def _judge(
    planned: _Planned[SubjectT_contra, ContextT_contra],
    subject: SubjectT_contra,
    ctx: ContextT_contra,
    on: date,
) -> tuple[list[Finding], list[NotChecked]]:
    rule = planned.rule
    readings: list[Reading] = []
    if rule.params:
        settings = Settings(rule.params, planned.chosen, ctx.parameters, on, readings.append)
        ctx = attrs.evolve(ctx, settings=settings)
    findings: list[Finding] = []
    not_checked: list[NotChecked] = []
    try:
        for said in rule.check(subject, ctx):
            match said:
                case Fault():
                    findings.append(_finding(planned, said))
                case Unchecked():
                    not_checked.append(NotChecked(code=rule.code, reason=said.reason, where=said.where))
    except CannotCheck as cause:
        not_checked.append(NotChecked(code=rule.code, reason=cause.reason))
    except Exception as cause:  # noqa: BLE001 - a third party's rule must not stop the others
        findings.append(_broken(rule, cause))
        not_checked.append(NotChecked(code=rule.code, reason="the rule itself failed"))
    findings += [finding for reading in readings for finding in reading.findings]
    return findings, not_checked


def _finding(planned: _Planned[SubjectT_contra, ContextT_contra], fault: Fault) -> Finding:
    return Finding(
        code=planned.rule.code,
        severity=planned.severity,
        message=fault.message,
        where=fault.where,
        fix=planned.rule.fix,
        cites=planned.rule.cites,
        edition=fault.edition,
    )


def _broken(rule: Rule[SubjectT_contra, ContextT_contra], cause: Exception) -> Finding:
    # Only the exception's type: its text, and its traceback, may hold the data.
    return Finding(
        code=BROKEN,
        severity=Severity.ERROR,
        message=f"the rule {rule.code} failed with {type(cause).__name__} and has judged nothing",
        where=f"rule {rule.code}",
        fix="Tell the rule's author, or ignore the rule in the policy until it is mended.",
    )


def _order(finding: Finding) -> tuple[object, ...]:
    return (_natural(finding.where), -finding.severity, finding.code, finding.message)


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts "line 2" before "line 10"."""
    parts = re.findall(r"\d+|\D+", text, re.ASCII)
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)
