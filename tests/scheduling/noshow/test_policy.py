"""Which factors are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import InvalidValue
from medoffice.scheduling.noshow import (
    FORBIDDEN_FACTOR,
    KNOWN_FACTORS,
    PROTECTED,
    STANDARD_FACTORS,
    UNKNOWN_FACTOR,
    Admitted,
    FactorPolicy,
)

REFUSED = (
    *("race", "patient-race", "ethnicity", "color", "national-origin", "language", "preferred-language"),
    *(
        "needs-interpreter",
        "sex",
        "gender",
        "gender-identity",
        "disability",
        "religion",
        "payer",
        "payer-class",
    ),
    *(
        "medicaid",
        "has-medicaid",
        "insurance",
        "insurance-type",
        "zip",
        "zip-code",
        "zipcode",
        "neighborhood",
    ),
    *("census-tract", "income-band", "deprivation-index", "age", "age-band", "birth-year", "surname"),
)


@pytest.mark.parametrize("name", REFUSED)
def test_what_tells_patients_apart_is_refused(name: str) -> None:
    """Each is refused with a finding that names it, says why and cites the rule."""
    (finding,) = FactorPolicy().objections([name])
    assert finding.code == FORBIDDEN_FACTOR
    assert name in finding.where
    assert [str(cite) for cite in finding.cites] == ["45 CFR, 92.210", "45 CFR, 92.101"]
    assert finding.fix


@pytest.mark.parametrize("name", REFUSED)
def test_admitting_does_not_help_what_is_protected(name: str) -> None:
    """Only age can be let in by name and reason; the others stay refused."""
    policy = FactorPolicy((Admitted(name, "we should like to"),))
    stays = [finding.code for finding in policy.objections([name])]
    assert stays == ([] if name in {"age", "age-band", "birth-year"} else [FORBIDDEN_FACTOR])


def test_the_standard_factors_may_be_used() -> None:
    """The policy has nothing against any known factor, and distance is used only when asked for."""
    assert FactorPolicy().objections(KNOWN_FACTORS) == ()
    assert set(STANDARD_FACTORS) == set(KNOWN_FACTORS) - {"distance"}


def test_every_refusal_is_said_at_once() -> None:
    """Three bad factors among good ones: three findings, in the order asked."""
    found = FactorPolicy().objections(["lead-time", "race", "moon-phase", "hour", "zip"])
    assert [finding.code for finding in found] == [FORBIDDEN_FACTOR, UNKNOWN_FACTOR, FORBIDDEN_FACTOR]


def test_an_office_may_admit_its_own_factor() -> None:
    """A factor beside the known ones needs a reason; without it, it is unknown."""
    policy = FactorPolicy((Admitted("parking", "the garage is closed on some days"),))
    assert policy.objections(["parking"]) == ()
    assert [finding.code for finding in policy.objections(["transport"])] == [UNKNOWN_FACTOR]
    with pytest.raises(InvalidValue):
        Admitted("parking", "  ")


@given(
    st.sampled_from(PROTECTED), st.data(), st.sampled_from(["{}", "patient-{}", "{}-group", "the-{}-of-it"])
)
def test_words_are_found_in_any_part_of_a_name(protected: object, data: st.DataObject, form: str) -> None:
    """A protected word as a part of a longer name is found."""
    assert hasattr(protected, "words")
    word = data.draw(st.sampled_from(protected.words))
    assert FactorPolicy().objections([form.format(word)])


def test_short_words_are_not_found_inside_others() -> None:
    """Percentage, message and average do not tell an age, nor does grace a race."""
    for name in ("message-count", "average-wait", "grace-period", "capacity"):
        assert [finding.code for finding in FactorPolicy().objections([name])] == [UNKNOWN_FACTOR]


def test_a_factor_is_named_once() -> None:
    """Naming one twice is the caller's mistake."""
    with pytest.raises(InvalidValue):
        FactorPolicy().objections(["hour", "hour"])
