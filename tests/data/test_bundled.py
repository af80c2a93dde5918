"""What comes with medoffice is dated, cited and read only when asked for."""

import subprocess
import sys
from datetime import date
from importlib.resources import files

import pytest

from medoffice.core import Parameter, PlaceOfService
from medoffice.data import parameters, places_of_service


@pytest.mark.parametrize("parameter", parameters().items, ids=lambda parameter: parameter.code)
def test_a_parameter_says_what_it_is_and_where_it_is_written(parameter: Parameter) -> None:
    """Each has a description and a source for every value, and was verified after its last value began."""
    assert parameter.description.endswith(".")
    last = list(parameter.values)[-1]
    assert parameter.verified_through >= last.since
    assert all(cite.source for entry in parameter.values for cite in entry.value.cites)


def test_the_limit_for_medicare_claims_is_a_year() -> None:
    """Twelve months since 2010; the days before are not guessed."""
    limit = parameters()["filing.medicare_months"]
    assert limit.at(date(2010, 1, 1)).value == 12
    assert limit.at(date(2025, 6, 1)).findings == ()
    with pytest.raises(LookupError):
        limit.at(date(2009, 12, 31))


def test_a_parameters_file_is_named_like_its_code() -> None:
    """So a file is found without reading all of them."""
    names = {file.name for file in files("medoffice.data").joinpath("parameters").iterdir()}
    assert names == {f"{parameter.code}.toml" for parameter in parameters().items}


def test_places_of_service_are_codes_with_names() -> None:
    """52 codes of CMS's list, each with its name, its edition and its source."""
    places = places_of_service()
    assert len(places) == 52
    assert places.name(PlaceOfService("11")) == "Office"
    assert places.name(PlaceOfService("10")) == "Telehealth Provided in Patient's Home"
    assert places.name(PlaceOfService("00")) == ""
    assert PlaceOfService("02") in places
    assert PlaceOfService("00") not in places
    assert all(places.name(code) for code in places)
    assert places.edition == "2024-05-02"
    assert "cms.gov" in places.source.url


def test_nothing_is_read_until_it_is_asked_for() -> None:
    """Importing medoffice.data opens no TOML file, and importing medoffice does not import it."""
    program = (
        "import sys, medoffice\n"
        "assert not {'medoffice.data', 'medoffice.rules', 'tomllib'} & set(sys.modules), 'loaded too much'\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "import medoffice.data\n"
        "assert not [path for path in opened if path.endswith('.toml')], opened\n"
        "medoffice.data.parameters()\n"
        "assert [path for path in opened if path.endswith('.toml')]\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
