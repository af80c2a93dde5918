"""The audit trail: whatever is done to it without the key shows, and it has no room for free text."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import permutations
from typing import Any

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from medoffice.core import ActorId, InvalidValue, Severity
from medoffice.privacy.audit import GENESIS, AuditEntry, AuditRow, audit_digest, verify_audit
from medoffice.testing.strategies import ids, instants

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ENTRY = AuditEntry(at=NOON, actor=ActorId("desk-1"), action="check-in.start", subject="pat-1")

words = st.from_regex(r"[a-z0-9][a-z0-9._:-]{0,20}", fullmatch=True)
entries = st.builds(AuditEntry, at=instants(), actor=ids(ActorId), action=words, subject=words, outcome=words)
Trail = tuple[AuditRow, ...]


def chained(*written: AuditEntry, key: bytes = KEY) -> Trail:
    """A trail as the office writes it."""
    rows: list[AuditRow] = []
    for seq, entry in enumerate(written, start=1):
        previous = rows[-1].digest if rows else GENESIS
        rows.append(AuditRow(seq=seq, entry=entry, digest=audit_digest(previous, seq, entry, key=key)))
    return tuple(rows)


def renumbered(rows: Trail) -> Trail:
    """The rows counted anew, as a careful forger would."""
    return tuple(attrs.evolve(row, seq=seq) for seq, row in enumerate(rows, start=1))


def is_found(rows: Trail, *, first: int) -> bool:
    """Whether the trail is called broken at row ``first``, by one error and no more."""
    found = verify_audit(rows, key=KEY)
    return [(one.code, one.severity, one.where) for one in found] == [
        ("AUD001", Severity.ERROR, f"row {first}")
    ]


def trails(shortest: int = 1) -> SearchStrategy[Trail]:
    """Whole trails; the same thing may well be done twice."""
    written = st.lists(entries | st.just(ENTRY), min_size=shortest, max_size=6)
    return written.map(lambda some: chained(*some))


@given(trails(0))
def test_a_trail_as_it_was_written_is_whole(rows: Trail) -> None:
    """Nothing is found in a trail that nobody touched, whichever of its digests was noted."""
    assert verify_audit(rows, key=KEY) == ()
    for head in (GENESIS, *(row.digest for row in rows)):
        assert verify_audit(iter(rows), key=KEY, expected_head=head) == ()


@given(trails(), entries, st.data())
def test_an_edit_is_found(rows: Trail, other: AuditEntry, data: st.DataObject) -> None:
    """A row of which any one field was changed is the first that is named."""
    place = data.draw(st.integers(0, len(rows) - 1))
    field = data.draw(st.sampled_from([field.name for field in attrs.fields(AuditEntry)]))
    row = rows[place]
    assume(getattr(row.entry, field) != getattr(other, field))
    edited = attrs.evolve(row, entry=attrs.evolve(row.entry, **{field: getattr(other, field)}))
    assert is_found((*rows[:place], edited, *rows[place + 1 :]), first=place + 1)


@given(trails(), st.data())
def test_a_flipped_bit_of_a_digest_is_found(rows: Trail, data: st.DataObject) -> None:
    """Every bit of every digest counts."""
    place = data.draw(st.integers(0, len(rows) - 1))
    bit = data.draw(st.integers(0, 255))
    digest = (int.from_bytes(rows[place].digest) ^ 1 << bit).to_bytes(32)
    flipped = attrs.evolve(rows[place], digest=digest)
    assert is_found((*rows[:place], flipped, *rows[place + 1 :]), first=place + 1)


@pytest.mark.parametrize("counting", [tuple, renumbered], ids=["with its gap", "counted anew"])
@given(rows=trails(2), data=st.data())
def test_a_removed_row_is_found(
    counting: type[tuple[AuditRow, ...]], rows: Trail, data: st.DataObject
) -> None:
    """A row that is taken out before the end shows at its place, even when the rest is counted anew."""
    place = data.draw(st.integers(0, len(rows) - 2))
    assert is_found(
        counting((*rows[:place], *rows[place + 1 :])),
        first=place + 1 if counting is renumbered else place + 2,
    )


@pytest.mark.parametrize("counting", [tuple, renumbered], ids=["as they were", "counted anew"])
def test_every_other_order_is_found(counting: type[tuple[AuditRow, ...]]) -> None:
    """No order of four rows but the one in which they were written is whole, equal entries or not."""
    rows = chained(ENTRY, ENTRY, attrs.evolve(ENTRY, subject="pat-2"), ENTRY)
    whole = [order for order in permutations(rows) if not verify_audit(counting(order), key=KEY)]
    assert whole == [rows]


@pytest.mark.parametrize("counting", [tuple, renumbered], ids=["as it was", "counted anew"])
@given(rows=trails(), data=st.data(), entry=entries)
def test_an_inserted_row_is_found(
    counting: type[tuple[AuditRow, ...]], rows: Trail, data: st.DataObject, entry: AuditEntry
) -> None:
    """A row put in anywhere, made up, copied, or chained under another key, breaks the trail."""
    place = data.draw(st.integers(0, len(rows)))
    previous = rows[place - 1].digest if place else GENESIS
    forged = audit_digest(previous, place + 1, entry, key=OTHER_KEY)
    made_up = AuditRow(seq=place + 1, entry=entry, digest=data.draw(st.binary(min_size=32, max_size=32)))
    put_in = data.draw(st.sampled_from((*rows, made_up, AuditRow(seq=place + 1, entry=entry, digest=forged))))
    assert verify_audit(counting((*rows[:place], put_in, *rows[place:])), key=KEY)


@given(st.lists(entries, min_size=1, max_size=4), st.data())
def test_a_gap_in_the_count_is_found(written: list[AuditEntry], data: st.DataObject) -> None:
    """Rows count from 1 without a gap, even where whoever left one had the key."""
    place = data.draw(st.integers(0, len(written) - 1))
    previous, rows = GENESIS, []
    for seq, entry in enumerate(written, start=1):
        counted = seq + (seq > place)
        previous = audit_digest(previous, counted, entry, key=KEY)
        rows.append(AuditRow(seq=counted, entry=entry, digest=previous))
    assert is_found(tuple(rows), first=place + 2)


@given(st.lists(entries, min_size=1, max_size=4), st.data())
def test_a_trail_under_another_key_is_found(written: list[AuditEntry], data: st.DataObject) -> None:
    """Who has not the key cannot mend the chain, from whichever row on it is written anew."""
    rows, forged = chained(*written), list(chained(*written, key=OTHER_KEY))
    place = data.draw(st.integers(0, len(rows) - 1))
    previous = rows[place - 1].digest if place else GENESIS
    for seq, row in enumerate(rows[place:], start=place + 1):
        previous = audit_digest(previous, seq, row.entry, key=OTHER_KEY)
        forged[seq - 1] = attrs.evolve(row, digest=previous)
    assert is_found((*rows[:place], *forged[place:]), first=place + 1)


@given(trails(), st.data())
def test_rows_cut_off_the_end_are_found_by_the_noted_head_alone(rows: Trail, data: st.DataObject) -> None:
    """A shorter chain is whole in itself; only the digest that was noted elsewhere gives it away."""
    kept = data.draw(st.integers(0, len(rows) - 1))
    noted = data.draw(st.integers(kept, len(rows) - 1))
    assert verify_audit(rows[:kept], key=KEY) == ()
    (found,) = verify_audit(rows[:kept], key=KEY, expected_head=rows[noted].digest)
    assert (found.code, found.severity, found.where) == ("AUD001", Severity.ERROR, f"after row {kept}")


@given(entries, st.lists(words, min_size=3, max_size=3))
def test_words_do_not_run_into_each_other(entry: AuditEntry, parts: list[str]) -> None:
    """Moving letters from one word to the next changes the digest."""
    first, second, third = parts
    joined = attrs.evolve(entry, action=first + second, subject=third)
    parted = attrs.evolve(entry, action=first, subject=second + third)
    assert audit_digest(GENESIS, 1, joined, key=KEY) != audit_digest(GENESIS, 1, parted, key=KEY)


@given(entries, st.integers(-14, 14))
def test_the_digest_is_of_the_instant(entry: AuditEntry, hours: int) -> None:
    """One instant told in two zones is one entry with one digest."""
    told = attrs.evolve(entry, at=entry.at.astimezone(timezone(timedelta(hours=hours))))
    assert told == entry
    assert audit_digest(GENESIS, 1, told, key=KEY) == audit_digest(GENESIS, 1, entry, key=KEY)


def test_a_digest_never_changes_its_form() -> None:
    """A trail written by this version is read by every later one: the digest of a known row."""
    expected = "c587b49a8b9daaa6c1175e78d119c21896cfd90ccc15f912cba0ed3584debdf5"
    assert audit_digest(GENESIS, 1, ENTRY, key=KEY).hex() == expected


@pytest.mark.parametrize("field", ["action", "subject", "outcome"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "Jordan Rivera",
        "jordan rivera",
        "Jordan",
        "núñez",
        "4165550123 x",
        "a\n",
        ".a",
        "a" * 129,
        "a/b",
        "a@b.c",
    ],
)
def test_words_refuse_free_text(field: str, text: str) -> None:
    """What could be a name, a number with blanks or an address is no word, and the refusal does not repeat it."""
    written: dict[str, Any] = {field: text}
    with pytest.raises(InvalidValue) as caught:
        attrs.evolve(ENTRY, **written)
    assert field in str(caught.value)
    assert not text.strip() or text not in str(caught.value)


@given(st.text())
def test_a_word_is_refused_or_holds_no_blank_and_no_capital(text: str) -> None:
    """Whatever passes as a word is one run of plain small letters, digits and ``. _ : -``."""
    try:
        entry = attrs.evolve(ENTRY, subject=text)
    except InvalidValue:
        return
    assert entry.subject.isascii()
    assert set(entry.subject) <= set("abcdefghijklmnopqrstuvwxyz0123456789._:-")
    assert 1 <= len(entry.subject) <= 128


@given(words.map(lambda word: word[:1] * 128))
def test_the_longest_words_fit(word: str) -> None:
    """128 characters are a word still."""
    assert attrs.evolve(ENTRY, subject=word).subject == word


def test_an_entry_needs_an_instant() -> None:
    """A time without its zone is no time for an audit."""
    with pytest.raises(InvalidValue):
        attrs.evolve(ENTRY, at=datetime.combine(date(2026, 11, 24), NOON.time()))


@given(trails(2))
def test_findings_of_a_trail_hold_nothing_of_its_entries(rows: Trail) -> None:
    """What is said about a broken trail names rows by number only."""
    planted = attrs.evolve(ENTRY, subject="subject-of-somebody", actor=ActorId("actor-of-somebody"))
    broken = (attrs.evolve(rows[0], entry=planted), *rows[1:])
    (found,) = verify_audit(broken, key=KEY)
    assert "somebody" not in repr(found)
