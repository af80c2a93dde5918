"""What an extension must pass before it is shown to an office."""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import attrs

from medoffice.billing.coding.rules import builtin_rules
from medoffice.core import Cite, Finding, MedofficeError, Pack, Parameter, Resource, Severity, phi_fields
from medoffice.data import parameters as bundled_parameters
from medoffice.plugins import read_item
from medoffice.rules import Parameters, Report, Rule
from medoffice.testing.rules import failure, judge_example
from medoffice.testing.shorthand import read_example

_DOORS: Final = (
    "medoffice.core",
    "medoffice.rules",
    "medoffice.billing",
    "medoffice.testing",
)
_SHORTEST: Final = 3
_FIXES: Final = {
    "PCK001": "A pack holds rules, or parameters and the files with them, and at least one.",
    "PCK002": "Give it a code and a name that nobody else has.",
    "PCK003": "Mend the rule or its case; the case is what the rule promises.",
    "PCK004": "Say the place (line 2) and not what stands there.",
    "PCK005": "Do it in a function that is called, or name a Resource; importing does nothing.",
    "PCK006": "Mend the file; medoffice.data has one to copy.",
    "PCK007": f"Import from {', '.join(_DOORS)}; anything deeper may move.",
}


def check_pack(pack: Pack[Any], *, parameters: Parameters | None = None) -> tuple[Finding, ...]:
    """Everything that is wrong with a pack of rules or parameters; nothing when it is fit to be installed.

    It is looked at for its shape, for codes and names that clash with each other or with medoffice's own,
    that each rule keeps its own cases and tells no PHI, that importing it opens no file, socket or program,
    that it imports only from the public rooms, and that each parameter can be read. Cases run with
    ``parameters`` as well as with those of medoffice.

    A fresh interpreter is started to watch the import.
    """
    findings = [*_shape(pack)]
    rules = [item for item in pack.items if isinstance(item, Rule)]
    known = bundled_parameters() if parameters is None else _together(parameters)
    for rule in rules:
        findings += _cases(rule, known)
    for item in pack.items:
        if isinstance(item, Parameter | Resource):
            findings += _parameter(item)
    findings += _clashes(rules, pack)
    modules = sorted({rule.check.__module__ for rule in rules})
    findings += _imports(modules)
    findings += _watched(modules)
    return tuple(findings)


def phi_texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - any value of the domain
    """Every text that a value's PHI fields would show: identifiers, codes, and days in both ways of writing."""
    if isinstance(value, tuple | frozenset):
        for item in value:
            yield from phi_texts(item)
    elif attrs.has(type(value)):
        marked = phi_fields(type(value))
        for field in attrs.fields(type(value)):
            inner = getattr(value, field.name)
            yield from _texts(inner) if field.name in marked else phi_texts(inner)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, tuple | frozenset):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, date):
        yield from (value.isoformat(), f"{value:%m/%d/%Y}")
    elif value is not None:
        yield from (str(value), str(value).replace(".", ""))


def _found(code: str, message: str, where: str = "") -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        message=message,
        where=where,
        fix=_FIXES[code],
        cites=(Cite("medoffice.testing.check_pack"),),
    )


def _together(parameters: Parameters) -> Parameters:
    own = {item.code for item in parameters.items}
    return Parameters((*parameters.items, *(p for p in bundled_parameters().items if p.code not in own)))


def _shape(pack: Pack[Any]) -> Iterator[Finding]:
    if not pack.items:
        yield _found("PCK001", f"the pack {pack.name} is empty")
    kinds = {Rule if isinstance(item, Rule) else Parameter for item in pack.items}
    if len(kinds) > 1:
        yield _found("PCK001", f"the pack {pack.name} holds rules and parameters; make two packs")
    for place, item in enumerate(pack.items):
        if not isinstance(item, Rule | Parameter | Resource):
            yield _found("PCK001", f"item {place} is a {type(item).__name__}", f"pack {pack.name}")


def _clashes(rules: list[Rule[Any, Any]], pack: Pack[Any]) -> Iterator[Finding]:
    taken = {called for rule in builtin_rules() for called in (rule.code, rule.name)}
    taken |= {item.code for item in bundled_parameters().items}
    own = [called for rule in rules for called in (rule.code, rule.name)]
    own += [item.code for item in pack.items if isinstance(item, Parameter)]
    for called in dict.fromkeys(own):
        if called in taken:
            yield _found("PCK002", f"medoffice itself has a {called}", called)
        if own.count(called) > 1:
            yield _found("PCK002", f"{called} stands twice in the pack", called)


def _cases(rule: Rule[Any, Any], parameters: Parameters) -> Iterator[Finding]:
    for case in rule.cases:
        try:
            broken = failure(rule, case, parameters=parameters)
            example = read_example(case.shorthand, on=case.on, parameters=parameters)
            report = judge_example(rule, example)
        except MedofficeError as cause:
            yield _found("PCK003", f"{case.shorthand}: {cause}", rule.code)
            continue
        if broken:
            yield _found("PCK003", broken, rule.code)
        if _tells(report, frozenset(phi_texts(example.claim))):
            yield _found(
                "PCK004", f"a finding repeats a value that is marked as PHI, on: {case.shorthand}", rule.code
            )


def _tells(report: Report, secrets: frozenset[str]) -> bool:
    said = [
        *(f"{finding.message} {finding.where} {finding.edition}" for finding in report.findings),
        *(f"{missed.reason} {missed.where}" for missed in report.not_checked),
    ]
    told = [secret for secret in secrets if len(secret) >= _SHORTEST]
    return any(re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", text) for secret in told for text in said)


def _parameter(item: Parameter | Resource) -> Iterator[Finding]:
    where = item.code if isinstance(item, Parameter) else item.path
    try:
        code = read_item(item).code
    except (MedofficeError, ImportError) as cause:
        yield _found("PCK006", str(cause), where)
        return
    if isinstance(item, Resource) and code in bundled_parameters():
        yield _found("PCK002", f"medoffice itself has a {code}", where)


def _imports(modules: list[str]) -> Iterator[Finding]:
    for module in modules:
        spec = find_spec(module)
        if spec is None or spec.origin is None or not Path(spec.origin).is_file():
            continue
        tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
        for name in sorted({name for node in ast.walk(tree) for name in _imported(node)}):
            if name.partition(".")[0] == "medoffice" and name not in _DOORS:
                yield _found("PCK007", f"it imports {name}", module)


def _imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module), level=0):
            return [module]
        case _:
            return []


def _watched(modules: list[str]) -> Iterator[Finding]:
    if not modules:
        return
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-B", "-m", "medoffice.testing.import_watch", json.dumps(modules)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    if ran.returncode != 0:
        reason = ran.stderr.strip().rpartition("\n")[2]
        yield _found("PCK005", f"it cannot be imported by itself: {reason}", ", ".join(modules))
        return
    for deed in json.loads(ran.stdout.strip().rpartition("\n")[2]):
        yield _found("PCK005", f"importing it {deed}", ", ".join(modules))
