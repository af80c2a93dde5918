"""An office's payers.toml: what it says, and where it is wrong."""

from datetime import timedelta

import pytest

from medoffice.billing.eligibility import EligibilityPolicy, Network
from medoffice.core import PayerId, UnknownName
from medoffice.wire.payers_toml import ByFolders, MadeUp, PayerSettings, read_payers
from medoffice.wire.toml_tables import TomlFault
from medoffice.wire.x12 import Partner, Usage

WHOLE = """
[gateway]
kind = "folders"
folder = "clearing-house"
patience_minutes = 5
usage = "T"

[gateway.sender]
id = "NORTHSIDE"
qualifier = "30"

[gateway.receiver]
id = "HOUSE"

[verifying]
good_for_days = 14
place = "11"

[services]
office-visit = "98"
physical-therapy = "pt"

[networks]
PRAIRI = "in"
LAKE01 = "out"
"""


def test_everything_is_read() -> None:
    """Each key is where it belongs."""
    assert read_payers(WHOLE) == PayerSettings(
        way=ByFolders(
            folder="clearing-house",
            sender=Partner("NORTHSIDE", "30"),
            receiver=Partner("HOUSE"),
            usage=Usage.TEST,
            patience=timedelta(minutes=5),
        ),
        policy=EligibilityPolicy(
            good_for_days=14,
            place="11",
            services=(("office-visit", "98"), ("physical-therapy", "PT")),
            networks=((PayerId("PRAIRI"), Network.IN), (PayerId("LAKE01"), Network.OUT)),
        ),
    )


def test_an_empty_file_is_an_office_that_asks_otherwise() -> None:
    """The usual services, a month for an answer, no network and no way."""
    assert read_payers("") == PayerSettings(way=None, policy=EligibilityPolicy())
    assert read_payers('[gateway]\nkind = "made-up"').way == MadeUp()


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('kind = "folders"', 'kind = "fax"', "gateway.kind"),
        ('place = "11"', 'place = "office"', "verifying.place"),
        ('place = "11"', "place = 11", "verifying.place"),
        ('kind = "folders"', "", "gateway.kind"),
        ('folder = "clearing-house"', "", "gateway.folder"),
        ('folder = "clearing-house"', 'folder = " "', "gateway.folder"),
        ("patience_minutes = 5", "patience_minutes = -1", "gateway.patience_minutes"),
        ("patience_minutes = 5", "patience_minutes = true", "gateway.patience_minutes"),
        ('usage = "T"', 'usage = "test"', "gateway.usage"),
        ('[gateway.sender]\nid = "NORTHSIDE"\nqualifier = "30"', "", "gateway.sender"),
        ('id = "NORTHSIDE"', 'id = "a name that is far too long"', "gateway.sender"),
        ('qualifier = "30"', 'qualifier = "3"', "gateway.sender"),
        ('id = "HOUSE"', "id = 7", "gateway.receiver.id"),
        ("good_for_days = 14", 'good_for_days = "14"', "verifying.good_for_days"),
        ('office-visit = "98"', 'office-visit = "987"', "services.office-visit"),
        ('office-visit = "98"', 'Office = "98"', "services.Office"),
        ('PRAIRI = "in"', 'PRAIRI = "inside"', "networks.PRAIRI"),
        ('PRAIRI = "in"', '"p!" = "in"', "networks.p!"),
        ('PRAIRI = "in"', 'PRAIRI = "in"\nprairi = "out"', "networks"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(old: str, new: str, where: str) -> None:
    """The complaint names the key."""
    assert old in WHOLE
    with pytest.raises(TomlFault) as caught:
        read_payers(WHOLE.replace(old, new))
    assert caught.value.where == where


@pytest.mark.parametrize(
    ("old", "new"),
    [("[verifying]", "[verify]"), ("usage", "usge"), ("qualifier", "qualifer"), ("good_for_days", "days")],
)
def test_a_key_that_does_not_exist_is_refused(old: str, new: str) -> None:
    """A slip of the pen is never passed over."""
    with pytest.raises(UnknownName):
        read_payers(WHOLE.replace(old, new))


def test_no_toml_is_said() -> None:
    """With the reader's own words."""
    with pytest.raises(TomlFault, match="TOML"):
        read_payers("[gateway")
