"""Sealed fields open only whole and only where they were sealed; blind indexes are keyed and deterministic."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.adapters.sealing import BlindIndex, Place, SealBroken, Sealer, UnknownSealingKey

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
SEALER = Sealer({1: KEY})
PLACE = Place(table="patient", column="body", row="pat-1")

names = st.text(min_size=0, max_size=12)
places = st.builds(Place, table=names, column=names, row=names)


@given(st.binary(max_size=200), places)
def test_what_is_sealed_opens(plain: bytes, place: Place) -> None:
    """Opening gives back what was sealed."""
    assert SEALER.open(SEALER.seal(plain, place), place) == plain


@given(st.binary(max_size=60), st.data())
def test_every_flipped_bit_is_refused(plain: bytes, data: st.DataObject) -> None:
    """No single bit of a sealed field can be changed unnoticed."""
    sealed = bytearray(SEALER.seal(plain, PLACE))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SealBroken):
        SEALER.open(bytes(sealed), PLACE)


def test_all_bits_of_one_field_are_guarded() -> None:
    """The same, exhaustively for one field."""
    sealed = SEALER.seal(b"Jordan Rivera", PLACE)
    for bit in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealBroken):
            SEALER.open(bytes(changed), PLACE)


@given(places, places)
def test_a_field_moved_elsewhere_does_not_open(here: Place, there: Place) -> None:
    """The table, the column and the row are part of the seal, also where their texts run together."""
    sealed = SEALER.seal(b"secret", here)
    if here == there:
        assert SEALER.open(sealed, there) == b"secret"
    else:
        with pytest.raises(SealBroken):
            SEALER.open(sealed, there)


def test_texts_that_run_together_are_kept_apart() -> None:
    """``ab|c`` and ``a|bc`` are different places and different index entries."""
    sealed = SEALER.seal(b"secret", Place(table="ab", column="c", row="1"))
    with pytest.raises(SealBroken):
        SEALER.open(sealed, Place(table="a", column="bc", row="1"))
    assert BlindIndex(KEY).of("name", "ab", "c") != BlindIndex(KEY).of("name", "a", "bc")


@given(st.binary(max_size=40))
def test_junk_is_refused(junk: bytes) -> None:
    """Bytes that nobody sealed do not open, however short."""
    with pytest.raises(SealBroken):
        SEALER.open(junk, PLACE)


def test_a_shortened_field_is_refused() -> None:
    """No beginning of a sealed field opens."""
    sealed = SEALER.seal(b"Jordan Rivera", PLACE)
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            SEALER.open(sealed[:length], PLACE)


def test_the_same_text_is_sealed_differently_each_time() -> None:
    """Equal fields do not look equal."""
    assert len({SEALER.seal(b"Jordan", PLACE) for _ in range(100)}) == 100


def test_keys_can_be_changed_over_time() -> None:
    """A new key seals while the old one still opens; a key taken away is named by its number."""
    old = SEALER.seal(b"Jordan", PLACE)
    both = Sealer({1: KEY, 2: OTHER_KEY}, current=2)
    assert both.open(old, PLACE) == b"Jordan"
    assert both.seal(b"Jordan", PLACE)[0] == 2
    with pytest.raises(UnknownSealingKey, match="number 1"):
        Sealer({2: OTHER_KEY}, current=2).open(old, PLACE)


def test_the_wrong_key_under_the_right_number_is_refused() -> None:
    """The number only chooses the key; the tag decides."""
    with pytest.raises(SealBroken):
        Sealer({1: OTHER_KEY}).open(SEALER.seal(b"Jordan", PLACE), PLACE)


@given(st.lists(st.text(max_size=8), max_size=4), st.lists(st.text(max_size=8), max_size=4))
def test_the_index_tells_equal_from_different(one: list[str], other: list[str]) -> None:
    """Equal parts give equal entries, different parts different ones."""
    index = BlindIndex(KEY)
    assert (index.of("name", *one) == BlindIndex(KEY).of("name", *other)) == (one == other)


def test_the_index_says_nothing_without_its_key() -> None:
    """Another key, or another kind, gives another entry."""
    assert (
        len({BlindIndex(KEY).of("a", "x"), BlindIndex(OTHER_KEY).of("a", "x"), BlindIndex(KEY).of("b", "x")})
        == 3
    )


@pytest.mark.parametrize("keys", [{1: b"short"}, {256: KEY}, {2: KEY}])
def test_impossible_keys_are_refused(keys: dict[int, bytes]) -> None:
    """A key of another length or number, or none that is current, is a mistake of the caller."""
    with pytest.raises(ValueError, match="sealing key"):
        Sealer(keys)
    with pytest.raises(ValueError, match="32 bytes"):
        BlindIndex(b"short")


def test_errors_name_the_column_and_never_the_row_or_text() -> None:
    """A broken seal says where to look without saying whose record it is."""
    with pytest.raises(SealBroken) as caught:
        SEALER.open(SEALER.seal(b"Jordan", PLACE), attrs.evolve(PLACE, row="pat-2"))
    assert "patient.body" in str(caught.value)
    assert "pat-2" not in str(caught.value)


def test_no_repr_shows_a_key() -> None:
    """Keys stay out of reprs."""
    assert "kkkk" not in repr(SEALER) + repr(BlindIndex(KEY))
