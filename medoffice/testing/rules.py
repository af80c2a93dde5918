"""Running a rule on its own cases."""

from datetime import date

from medoffice.billing.claims import Claim
from medoffice.billing.coding import CodingContext, scrub
from medoffice.core import Finding
from medoffice.rules import Case, Catalog, Expected, Parameters, Policy, Report, Rule, Setting
from medoffice.testing.shorthand import Example, read_example


def judge(
    rule: Rule[Claim, CodingContext],
    shorthand: str,
    *,
    on: date | None = None,
    parameters: Parameters | None = None,
) -> Report:
    """What one rule alone says of a claim in shorthand.

    Raises:
        ShorthandFault: when the shorthand cannot be read.
        UnknownName: when it sets a parameter that the rule does not declare.
        InvalidValue: when it sets one to a value that does not fit.
    """
    return judge_example(rule, read_example(shorthand, on=on, parameters=parameters))


def judge_example(rule: Rule[Claim, CodingContext], example: Example) -> Report:
    """What one rule alone says of an example.

    Raises:
        UnknownName: when the example sets a parameter that the rule does not declare.
        InvalidValue: when it sets one to a value that does not fit.
    """
    per = {param.name: param.per for param in rule.params}
    settings = tuple(
        Setting(
            rule=rule.code,
            param=choice.param,
            value=choice.value,
            key=choice.key,
            per=per.get(choice.param, "") if choice.key else "",
        )
        for choice in example.choices
    )
    return scrub(example.claim, example.context, catalog=Catalog((rule,)), policy=Policy(settings=settings))


def failure(rule: Rule[Claim, CodingContext], case: Case, *, parameters: Parameters | None = None) -> str:
    """How a rule breaks one of its own cases, in a sentence; nothing when the case holds.

    Raises:
        ShorthandFault: when the case cannot be read.
    """
    report = judge(rule, case.shorthand, on=case.on, parameters=parameters)
    own = [finding for finding in report.findings if finding.code == rule.code]
    failed = [finding.message for finding in report.findings if finding.code == "RUL001"]
    if failed:
        return f"{case.shorthand}: {failed[0]}"
    did = _did(own, report)
    if did is not case.expected:
        return f"{case.shorthand}: expected {case.expected.value}, was {did.value}"
    if case.where and own[0].where != case.where:
        return f"{case.shorthand}: expected at {case.where}, found at {own[0].where or 'no place'}"
    return ""


def _did(own: list[Finding], report: Report) -> Expected:
    if own:
        return Expected.FIRES
    return Expected.UNCHECKED if report.not_checked else Expected.QUIET
