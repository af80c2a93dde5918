"""Extensions: packs that installed packages offer through entry points, read once, when asked.

Each entry point loads alone. A broken one is one finding that names the package, its version and the cause,
and nothing of it is taken; all others are there.
"""

from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files
from typing import Any, Final, TypeVar

import attrs

from medoffice.billing.claims import Claim
from medoffice.billing.coding import CodingContext
from medoffice.billing.coding.rules import builtin_rules
from medoffice.core import Finding, MedofficeError, Pack, Parameter, Resource, Severity
from medoffice.data import parameters as bundled_parameters
from medoffice.rules import Catalog, Parameters, Rule, nearest
from medoffice.wire.toml import read_parameter

T = TypeVar("T")

_PREFIX: Final = "medoffice."
RULES: Final = "medoffice.rules"
PARAMETERS: Final = "medoffice.parameters"
GROUPS: Final = (RULES, PARAMETERS, "medoffice.payers", "medoffice.detectors", "medoffice.cards")
"""The groups of entry points that packs may stand in."""
BROKEN: Final = "PLG001"


class PluginFault(MedofficeError):
    """Why one pack is not taken."""


class BrokenPlugins(MedofficeError):
    """At least one extension could not be loaded; ``findings`` tell which, and why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.findings = findings

    def __str__(self) -> str:
        return "; ".join(finding.message for finding in self.findings)


@attrs.frozen(kw_only=True)
class LoadedPack:
    """A pack that was taken, the group it stands in, and the package and version that it came with."""

    group: str
    package: str
    version: str
    pack: Pack[Any]


@attrs.frozen(kw_only=True)
class Loaded:
    """What medoffice brings, what extensions add, and what is wrong with those that could not be taken."""

    rules: Catalog[Claim, CodingContext]
    parameters: Parameters
    packs: tuple[LoadedPack, ...]
    findings: tuple[Finding, ...]

    def of(self, group: str) -> tuple[Pack[Any], ...]:
        """The packs of one group, such as ``medoffice.payers``."""
        return tuple(taken.pack for taken in self.packs if taken.group == group)


def load(*, strict: bool = False) -> Loaded:
    """Read every extension that is installed beside what medoffice brings.

    Where two packages bring a rule or parameter of the same name, the first by package name is taken.

    Raises:
        BrokenPlugins: with ``strict=True``, when one cannot be loaded.
    """
    shelf = _Shelf()
    findings: list[Finding] = []
    for entry in _entries():
        try:
            shelf.take(entry)
        except (Exception, SystemExit) as cause:  # noqa: BLE001 - whatever it is, the others load
            findings.append(_finding(entry, cause))
    if strict and findings:
        raise BrokenPlugins(tuple(findings))
    return Loaded(
        rules=Catalog(tuple(shelf.rules)),
        parameters=Parameters(tuple(shelf.parameters)),
        packs=tuple(shelf.packs),
        findings=tuple(findings),
    )


class _Shelf:
    """What has been taken so far, and from whom."""

    def __init__(self) -> None:
        self.rules: list[Rule[Claim, CodingContext]] = list(builtin_rules())
        self.parameters: list[Parameter] = list(bundled_parameters().items)
        self.packs: list[LoadedPack] = []
        names = [name for rule in self.rules for name in (rule.code, rule.name)]
        self._owners = dict.fromkeys([*names, *(item.code for item in self.parameters)], "medoffice itself")

    def take(self, entry: EntryPoint) -> None:
        package, edition = _origin(entry)
        if entry.group not in GROUPS:
            guess = nearest(entry.group, GROUPS)
            raise PluginFault(
                f"there is no group {entry.group}" + (f"; did it mean {guess}?" if guess else "")
            )
        pack = entry.load()
        if not isinstance(pack, Pack):
            raise PluginFault(f"{entry.value} is a {type(pack).__name__}, not a Pack")
        if entry.group == RULES:
            rules = [_of_type(Rule, item) for item in pack.items]
            self._claim([name for rule in rules for name in (rule.code, rule.name)], package)
            self.rules += rules
        elif entry.group == PARAMETERS:
            parameters = [read_item(item) for item in pack.items]
            self._claim([parameter.code for parameter in parameters], package)
            self.parameters += parameters
        self.packs.append(LoadedPack(group=entry.group, package=package, version=edition, pack=pack))

    def _claim(self, names: list[str], package: str) -> None:
        for name in names:
            if names.count(name) > 1:
                raise PluginFault(f"it holds {name} twice")
            if name in self._owners:
                raise PluginFault(f"{name} is already there, from {self._owners[name]}")
        self._owners |= dict.fromkeys(names, package)


def read_item(item: object) -> Parameter:
    """A parameter of a pack: itself, or what the file says that the pack names.

    Raises:
        PluginFault: when the item is neither a parameter nor a resource, or there is no such file.
        TomlFault, UnknownName: when the file does not say what a parameter's file should.
    """
    if isinstance(item, Parameter):
        return item
    resource = _of_type(Resource, item)
    try:
        text = files(resource.package).joinpath(resource.path).read_text(encoding="utf-8")
    except (OSError, ImportError, TypeError):  # no such file, no such package, a module that is no package
        raise PluginFault(f"{resource.package} has no readable file {resource.path}") from None
    return read_parameter(text)


def _of_type(kind: type[T], item: object) -> T:
    if not isinstance(item, kind):
        raise PluginFault(f"an item is a {type(item).__name__}, not a {kind.__name__}")
    return item


def _entries() -> Iterator[EntryPoint]:
    groups = [group for group in entry_points().groups if group.startswith(_PREFIX)]
    found = [entry for group in groups for entry in entry_points(group=group)]
    yield from sorted(found, key=lambda entry: (_origin(entry), entry.group, entry.name))


def _origin(entry: EntryPoint) -> tuple[str, str]:
    return (entry.dist.name, entry.dist.version) if entry.dist is not None else ("an unnamed package", "")


def _finding(entry: EntryPoint, cause: BaseException) -> Finding:
    package, edition = _origin(entry)
    if isinstance(cause, MedofficeError):
        reason = str(cause)
    else:
        reason = f"{type(cause).__name__}: {cause}".partition("\n")[0]
    return Finding(
        code=BROKEN,
        severity=Severity.ERROR,
        message=f"the extension {package} {edition} is not loaded: {reason}",
        where=f"{entry.group} {entry.name}",
        fix=f"Mend or remove {package}; medoffice works without it.",
    )
