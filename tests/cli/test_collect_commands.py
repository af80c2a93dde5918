"""The desk's money by command: what to ask for, taking it, and a patient's account, with no name on the screen."""

import itertools
import stat
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

import pypdfium2
import pytest

from medoffice.core.ids import AppointmentId, PatientId
from medoffice.core.people import Language, Patient, PersonName
from medoffice.office.folder import open_office
from medoffice.scheduling.outcomes import Booked

NAMES = ("Canarybird", "Tweetina")
KEYS = (f"test-{number}" for number in itertools.count())


class DeskLike(Protocol):
    folder: Path
    seen: AppointmentId


class SaidLike(Protocol):
    code: int
    out: str
    err: str


Run = Callable[..., SaidLike]


@pytest.fixture
def owing(run: Run, desk: DeskLike) -> str:
    """An appointment of a new Tweetina Canarybird, who reads Spanish and owes 90 dollars from earlier visits."""
    office = open_office(desk.folder)
    try:
        patient = Patient(
            id=PatientId(f"pat-{next(KEYS)}"),
            name=PersonName(family="Canarybird", given="Tweetina"),
            birth_date=date(1931, 7, 19),
            language=Language("es-MX"),
        )
        office.register(patient)
        today = office.settings.day_at(office.clock.now())
        slot = next(iter(office.find("blood-pressure", first_day=today + timedelta(days=1), days=14)))
        booked = office.book(patient.id, "blood-pressure", slot.slot.start, slot.resources)
        assert isinstance(booked, Booked)
    finally:
        office.close()
    visit = booked.appointment.id.value
    assert run("account", "balance", visit, "90.00").code == 0
    return visit


def text_of(pdf: Path) -> str:
    """All text on the first page."""
    document = pypdfium2.PdfDocument(pdf.read_bytes())
    try:
        return str(document[0].get_textpage().get_text_range())
    finally:
        document.close()


def number_of(said: SaidLike) -> str:
    """The number of a receipt that was printed, in whichever language."""
    line = next(line for line in said.out.splitlines() if line.startswith(("Receipt no.", "Recibo n.º")))
    return line.split()[-1]


def test_the_page_is_read_aloud_and_names_nobody(run: Run, owing: str) -> None:
    """What to say, what the patient may choose with the command for it, and no name."""
    spanish = run("collect", owing).out.splitlines()
    assert "Say, in es (--language en has it in English):" in spanish
    assert (
        "  De citas anteriores hay un saldo de $90.00. Esto aún está pendiente de citas anteriores."
        in spanish
    )
    said = run("collect", owing, "--language", "en")
    assert said.code == 0
    for line in (
        "Say:",
        "  From earlier visits there is a balance of $90.00. This is still open from earlier visits.",
        "  How would you like to take care of that?",
        "  Pay $90.00 now.",
        f"    medoffice collect {owing} --amount 90.00 --by cash|check|card",
        f"    medoffice account plan {owing} --instalments 3",
        "  Pay nothing now; we send a bill.",
    ):
        assert line in said.out.splitlines()
    assert not any(name in said.out + said.err for name in NAMES)
    first = run("collect", owing, "--emergency").out.splitlines()
    assert first[0] == "The patient is seen first, and asked for money after that."


def test_cash_gives_a_receipt_in_the_patient_s_language_once(run: Run, owing: str, tmp_path: Path) -> None:
    """The same key prints the same receipt; the PDF names the patient, and only its owner can open it."""
    pdf, key = tmp_path / "receipt.pdf", next(KEYS)
    command = ("collect", owing, "--amount", "20.05", "--by", "cash", "--key", key)
    said = run(*command, "--pdf", str(pdf))
    assert said.code == 0
    assert f"Citas anteriores{'$20.05':>32}" in said.out.splitlines()
    assert f"Falta pagar de citas anteriores{'$69.95':>17}" in said.out.splitlines()
    assert not any(name in said.out + said.err for name in NAMES)
    page = text_of(pdf)
    assert "Tweetina Canarybird" in page
    assert "$20.05" in page
    assert stat.S_IMODE(pdf.stat().st_mode) == 0o600
    assert b"Canarybird" not in pdf.read_bytes()
    again = run(*command)
    assert (again.code, number_of(again)) == (0, number_of(said))
    in_the_way = run(*command[:-1], next(KEYS), "--pdf", str(pdf))
    assert in_the_way.code == 1
    assert "is there already" in in_the_way.err
    english = run(
        "account",
        "receipt",
        number_of(said),
        "--language",
        "en",
        "--without-name",
        "--pdf",
        str(pdf),
        "--force",
    )
    assert "Left to pay from earlier visits" in english.out
    assert "Tweetina" not in text_of(pdf)
    assert "$69.95" in run("account", "show", owing).out


def test_too_much_is_refused_with_how_much(run: Run, owing: str) -> None:
    """And kept as a deposit where the desk says so."""
    said = run("collect", owing, "--amount", "100.00", "--by", "check", "--number", "1042")
    assert (said.code, said.out) == (1, "")
    assert "that is $10.00 more than the patient can owe" in said.err
    kept = run("collect", owing, "--amount", "100.00", "--by", "check", "--number", "1042", "--keep-rest")
    assert f"Guardado como su depósito{'$10.00':>23}" in kept.out.splitlines()
    back = run("account", "refund", owing, "10.00", "--by", "cash", "--language", "en")
    lines = back.out.splitlines()
    assert f"Refund no. {int(number_of(kept)) + 1}" in lines
    assert f"Given back in cash{'$10.00':>30}" in lines
    assert "with its number" in run("account", "refund", owing, "0.01", "--by", "check").err
    assert run("account", "refund", owing, "0.01", "--by", "cash").code == 1
    voided = run("account", "void", number_of(kept), "--reason", "bad check")
    assert "has been used or given back since" in voided.err
    again = run("account", "void", str(int(number_of(kept)) + 1), "--reason", "kept after all")
    assert "is void. The $10.00 is held as a deposit again" in again.out
    shown = run("account", "show", owing).out
    assert "-$10.00  cash" in shown
    assert "refund, void since" in shown
    assert run("account", "void", number_of(kept), "--reason", "bad check").code == 0


def test_a_card_is_not_charged_again_when_its_command_is_sent_again(run: Run, owing: str) -> None:
    """While its end is not known the page asks for that; once it is, it says so and names no terminal."""
    command = ("collect", owing, "--amount", "90.00", "--by", "card", "--key", "once")
    asked = run(*command)
    assert "Now charge $90.00 at the terminal" in asked.out
    payment = asked.out.split("account settle ")[1].split()[0]
    run("account", "settle", payment, "--as", "unknown")
    unsure = run(*command)
    assert unsure.out.startswith("Nobody knows how that payment of $90.00 ended.")
    assert "Now charge" not in unsure.out
    assert f"medoffice account settle {payment} --as declined" in unsure.out
    run("account", "settle", payment, "--as", "declined")
    assert "Charge nothing; to try again, give another --key." in run(*command).out
    run("account", "settle", payment, "--as", "approved", "--number", "T-1")
    done = run(*command)
    assert done.out == "That payment of $90.00 was asked for before, and is approved. Charge nothing.\n"


def test_a_card_is_written_down_and_settled(run: Run, owing: str) -> None:
    """Until it is settled nothing else is taken, and the page says how to settle it."""
    asked = run("collect", owing, "--amount", "90.00", "--by", "card")
    assert asked.out.startswith("Written down. Now charge $90.00 at the terminal")
    payment = next(word for word in asked.out.split() if word.startswith("pay-"))
    page = run("collect", owing)
    assert page.out.startswith("A payment of this patient may have been taken already. Look at the terminal")
    assert f"medoffice account settle {payment} --as declined" in page.out
    assert "may have been taken already" in run("collect", owing, "--amount", "1", "--by", "cash").err
    assert "with its number" in run("account", "settle", payment, "--as", "approved").err
    done = run("account", "settle", payment, "--as", "approved", "--number", "T-1", "--language", "en")
    assert f"Paid by card, no. T-1{'$90.00':>27}" in done.out.splitlines()
    void = run("account", "void", number_of(done), "--reason", "charged twice")
    assert void.out.endswith("give $90.00 back at the terminal.\n")
    assert "*** VOID ***" in run("account", "receipt", number_of(done), "--language", "en").out
    assert "$90.00  Balance of earlier visits" in run("account", "show", owing).out


def test_a_declined_card_leaves_all_as_it_was(run: Run, owing: str) -> None:
    """Nobody paid, and there is no receipt."""
    asked = run("collect", owing, "--amount", "90.00", "--by", "card")
    payment = next(word for word in asked.out.split() if word.startswith("pay-"))
    assert run("account", "settle", payment, "--as", "declined").out == "The payment of $90.00 is declined.\n"
    assert "  Pagar $90.00 ahora." in run("collect", owing).out.splitlines()


def test_a_plan_is_shown_by_instalment_and_ended(run: Run, owing: str) -> None:
    """Each amount with its day; the plan's end makes it balance again."""
    made = run("account", "plan", owing, "--instalments", "3", "--day", "15")
    assert made.out.split().count("$30.00") == 3
    assert "runs already" in run("account", "plan", owing, "--instalments", "2").err
    assert "$90.00  Left on the payment plan" in run("account", "show", owing).out
    ended = run("account", "end-plan", owing, "--reason", "moved")
    assert ended.out == "Noted: the plan has ended. What is open now is $90.00.\n"
    assert "no such plan" in run("account", "plan", owing, "--instalments", "2", "--day", "32").err


def test_a_deposit_is_held_for_a_visit_and_released(run: Run, owing: str, desk: DeskLike) -> None:
    """For that visit alone, until it is released; never for another patient's."""
    held = run("account", "deposit", owing, "15.00", "--by", "cash", "--for", owing, "--language", "en")
    assert f"Kept as your deposit{'$15.00':>28}" in held.out.splitlines()
    assert "Nothing is left to pay." not in held.out
    assert run("account", "release", owing).out == "Released: $0.00. Deposits held are $15.00 now.\n"
    assert run("account", "refund", owing, "15.00", "--by", "cash").code == 0
    other = run("account", "deposit", owing, "1.00", "--by", "cash", "--for", desk.seen.value)
    assert "another patient's" in other.err


def test_less_is_asked_of_a_protected_patient(run: Run, owing: str) -> None:
    """The page says so and cites why in words."""
    assert run("account", "protect", owing, "qmb").out == "Noted: qmb holds.\n"
    assert run("collect", owing).out.startswith("A Qualified Medicare Beneficiary is not billed")
    assert "Less is asked of this patient: qmb." in run("account", "show", owing).out
    assert run("account", "protect", owing, "qmb", "--off").out == "Noted: qmb holds no longer.\n"


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (("--amount", "abc", "--by", "cash"), "that is no amount"),
        (("--amount", "-1.00", "--by", "cash"), "below zero"),
        (("--amount", "0", "--by", "cash"), "above zero"),
        (("--amount", "1.005", "--by", "cash"), "that is no amount"),
        (("--amount", "1.00", "--by", "gold"), "--by card, cash, check, other"),
        (("--amount", "1.00"), "--by card, cash, check, other"),
        (("--amount", "1.00", "--by", "check"), "with its number"),
        (("--amount", "1.00", "--by", "cash", "--key", "A KEY"), "that cannot be a key"),
        (("--amount", "1.00", "--by", "cash", "--language", "fr"), "patients are told in en or es"),
        (("--amount", "1.00", "--by", "cash", "--pdf", "/nowhere/r.pdf"), "there is no folder"),
    ],
)
def test_what_cannot_be_done_says_why_and_takes_nothing(
    run: Run, owing: str, command: tuple[str, ...], why: str
) -> None:
    """One sentence, and the account is as it was."""
    said = run("collect", owing, *command)
    assert said.code == 1
    assert why in said.err
    assert "$90.00  Balance of earlier visits" in run("account", "show", owing).out


def test_who_is_not_there_is_told_so(run: Run, owing: str) -> None:
    """Appointments, receipts, payments, days, and reasons."""
    assert "there is no appointment" in run("collect", "apt-none").err
    assert "no receipt has that number" in run("account", "receipt", "99999").err
    assert "no payment with that id" in run("account", "settle", "pay-none", "--as", "declined").err
    assert "say how it ended" in run("account", "settle", "pay-none", "--as", "asked").err
    assert "that is no day" in run("account", "balance", owing, "1.00", "--as-of", "soon").err
    assert "say why" in run("account", "void", "1", "--reason", " ").err
    assert "one of these reasons" in run("account", "protect", owing, "rich").err
