"""A rule's page, made from the rule itself."""

from medoffice.rules.cases import Expected
from medoffice.rules.model import ContextT_contra, Rule, SubjectT_contra

_ASIDE = {
    Expected.FIRES: "The rule fires on",
    Expected.QUIET: "It leaves alone",
    Expected.UNCHECKED: "It says *not checked* for",
}


def rule_page(rule: Rule[SubjectT_contra, ContextT_contra]) -> str:
    """The rule's documentation as Markdown, ending with a newline."""
    since = f"since {rule.since.isoformat()}" if rule.since else "on every day"
    until = f" until {rule.until.isoformat()}" if rule.until else ""
    parts = [
        f"# {rule.code}: {rule.name.replace('-', ' ')}",
        f"Severity: {rule.severity}. In force {since}{until}.",
        rule.doc,
        f"**What to do.** {rule.fix}",
    ]
    if rule.params:
        parts += ["## What a policy may set", "\n".join(_param_lines(rule))]
    for expected, aside in _ASIDE.items():
        shown = [f"- `{case.shorthand}`" for case in rule.cases if case.expected is expected]
        if shown:
            parts += [f"{aside}:", "\n".join(shown)]
    sources = [f"- {cite}" + (f", <{cite.url}>" if cite.url else "") for cite in rule.cites]
    parts += ["## Sources", "\n".join(sources)]
    return "\n\n".join(parts) + "\n"


def _param_lines(rule: Rule[SubjectT_contra, ContextT_contra]) -> list[str]:
    return [
        f"- `{param.name}` ({param.unit.value}{f', also per {param.per}' if param.per else ''}): {param.doc}"
        + (f" Usually the parameter `{param.parameter}`." if param.parameter else "")
        + (f" Usually {param.default}." if param.default is not None else "")
        for param in rule.params
    ]
