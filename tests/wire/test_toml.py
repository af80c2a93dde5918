"""Parameters and policies are read from TOML whole or not at all, and complaints say where."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing.coding.rules import builtin_rules
from medoffice.core import Money, Percent, Severity, Unit, UnknownName
from medoffice.rules import Ignore, Policy, Regrade, Setting
from medoffice.wire.toml import TomlFault, read_codes, read_parameter, read_policy

PARAMETER = """
code = "northside.limit"
description = "A limit."
unit = "money"
verified_through = 2026-12-31

[[values]]
since = 2025-01-01
value = "$1,000.00"
cites = [{ source = "Board minutes", place = "item 3" }]

[[values]]
since = 2026-01-01
value = "$1,200.00"
cites = [{ source = "Board minutes", url = "https://example.org/minutes" }]
"""
POLICY = """
select = ["MOD", "DXP001", "FIL001"]

[ignore.DXP001]
because = "our clearing-house does this check"

[severity]
MOD = "warning"

[params.FIL001]
days = 90

[params.FIL001.payer.60054]
days = 120
"""


def test_a_parameter_is_read_with_its_days_and_sources() -> None:
    """Every key arrives where it belongs, and the values are of the unit."""
    parameter = read_parameter(PARAMETER)
    assert parameter.code == "northside.limit"
    assert parameter.unit is Unit.MONEY
    assert parameter.at(date(2025, 12, 31)).value == Money(1_000_00)
    assert parameter.at(date(2026, 1, 1)).value == Money(1_200_00)
    assert str(parameter.at(date(2025, 1, 1)).cites[0]) == "Board minutes, item 3"
    assert parameter.at(date(2026, 1, 1)).cites[0].url == "https://example.org/minutes"
    assert parameter.at(date(2027, 1, 1)).is_stale


@pytest.mark.parametrize(
    ("unit", "written", "value"),
    [
        ("percent", '"20%"', Percent(Decimal(20))),
        ("days", "90", 90),
        ("factor", '"32.3465"', Decimal("32.3465")),
        ("factor", "32.3465", Decimal("32.3465")),
        ("switch", "true", True),
        ("text", '"yes"', "yes"),
    ],
)
def test_a_value_is_written_as_its_unit_wants(unit: str, written: str, value: object) -> None:
    """A factor keeps every digit that was written: no float comes between."""
    text = (
        PARAMETER.replace('"money"', f'"{unit}"')
        .replace('"$1,000.00"', written)
        .replace('"$1,200.00"', written)
    )
    read = read_parameter(text).at(date(2026, 1, 1)).value
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('code = "northside.limit"', "", "code"),
        ('code = "northside.limit"', "code = 5", "code"),
        ('code = "northside.limit"', 'code = "North Side"', ""),
        ("verified_through = 2026-12-31", 'verified_through = "2026-12-31"', "verified_through"),
        ("verified_through = 2026-12-31", "verified_through = 2026-12-31T00:00:00", "verified_through"),
        ('value = "$1,200.00"', "value = 1200", "values[1].value"),
        ('value = "$1,200.00"', 'value = "$12.345"', "values[1].value"),
        ("since = 2025-01-01", "", "values[0].since"),
        ("since = 2026-01-01", "since = 2025-01-01", "values"),
        ('cites = [{ source = "Board minutes", place = "item 3" }]', "cites = []", "values[0].cites"),
        ('cites = [{ source = "Board minutes", place = "item 3" }]', "", "values[0].cites"),
        (
            '{ source = "Board minutes", place = "item 3" }',
            '{ place = "item 3" }',
            "values[0].cites[0].source",
        ),
        ('{ source = "Board minutes", place = "item 3" }', '{ source = " " }', "values[0].cites[0]"),
        ('{ source = "Board minutes", place = "item 3" }', "5", "values[0].cites[0]"),
    ],
)
def test_a_wrong_parameter_file_says_where(old: str, new: str, where: str) -> None:
    """The path leads to the place that is wrong."""
    assert old in PARAMETER
    with pytest.raises(TomlFault) as caught:
        read_parameter(PARAMETER.replace(old, new, 1))
    assert caught.value.where == where


@pytest.mark.parametrize(
    ("old", "new", "nearest"),
    [
        ("description", "descripton", "description"),
        ("since = 2025", "from = 1\nsince = 2025", ""),
        ('"money"', '"monney"', "money"),
        ("place =", "plase =", "place"),
    ],
)
def test_an_unknown_key_or_unit_suggests_the_nearest(old: str, new: str, nearest: str) -> None:
    """A misspelt key is not left out in silence."""
    with pytest.raises(UnknownName) as caught:
        read_parameter(PARAMETER.replace(old, new, 1))
    assert caught.value.nearest == nearest


def test_a_policy_is_read() -> None:
    """What is selected, ignored with its reason, regraded and set, for all and for one payer."""
    assert read_policy(POLICY) == Policy(
        select=("MOD", "DXP001", "FIL001"),
        ignore=(Ignore("DXP001", because="our clearing-house does this check"),),
        severity=(Regrade("MOD", Severity.WARNING),),
        settings=(
            Setting(rule="FIL001", param="days", value=90),
            Setting(rule="FIL001", param="days", value=120, per="payer", key="60054"),
        ),
    )
    assert [rule.code for rule in read_policy(POLICY).selected(builtin_rules())] == ["FIL001", "MOD025"]
    assert read_policy(POLICY).chosen(builtin_rules()) == {
        "FIL001": (("days", "", 90), ("days", "60054", 120))
    }


def test_an_empty_policy_changes_nothing() -> None:
    """No text is a policy: everything as declared."""
    assert read_policy("") == Policy()


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("select = 'MOD'", "select"),
        ("select = [1]", "select"),
        ("[ignore.MOD]", "ignore.MOD.because"),
        ("[ignore.MOD]\nbecause = ''", "ignore.MOD"),
        ("[ignore]\nMOD = 'because'", "ignore.MOD"),
        ("[severity]\nMOD = 'grave'", "severity.MOD"),
        ("[severity]\nMOD = 3", "severity.MOD"),
        ("severity = 3", "severity"),
        ("params = 3", "params"),
        ("[params.FIL001.payer]\n60054 = 90", "params.FIL001.payer.60054"),
        ("select = [", ""),
    ],
)
def test_a_wrong_policy_says_where(text: str, where: str) -> None:
    """The path leads to the place that is wrong."""
    with pytest.raises(TomlFault) as caught:
        read_policy(text)
    assert caught.value.where == where
    assert str(caught.value).startswith(where)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("selct = []", "select"), ("[ignore.MOD]\nbecause_ = 'x'", "because"), ("[prams]", "params")],
)
def test_an_unknown_key_of_a_policy_suggests_the_nearest(text: str, nearest: str) -> None:
    """A policy with a misspelt section would otherwise do nothing."""
    with pytest.raises(UnknownName) as caught:
        read_policy(text)
    assert caught.value.nearest == nearest


@given(st.text())
def test_any_text_is_a_policy_or_refused(text: str) -> None:
    """Whatever the text, reading it ends in a policy or one of two exceptions."""
    with suppress(TomlFault, UnknownName):
        assert isinstance(read_policy(text), Policy)


def test_a_table_of_codes_has_an_edition_and_a_source() -> None:
    """Codes and names, and who keeps them."""
    edition, source, names = read_codes('edition = "1"\nsource = { source = "S" }\n[codes]\n01 = "One"\n')
    assert (edition, str(source), names) == ("1", "S", {"01": "One"})
    with pytest.raises(TomlFault, match=r"codes\.01"):
        read_codes('edition = "1"\nsource = { source = "S" }\n[codes]\n01 = 1\n')
