"""A receipt on the screen, and as a PDF. Loads the store and the fonts."""

from pathlib import Path

import attrs
import typer

from medoffice.adapters.letters import (
    ReceiptPaper,
    language_for,
    languages,
    render_receipt,
    write_private,
    write_text,
)
from medoffice.adapters.letters.files import file_is_there
from medoffice.adapters.letters.fonts import CannotPrint
from medoffice.cli.failures import CannotDo
from medoffice.core.people import Language
from medoffice.office.office import Office
from medoffice.workflows.collection import Receipt


@attrs.frozen(kw_only=True)
class Wanted:
    """What was asked for: a PDF where one is named; "" for the patient's language."""

    pdf: Path | None
    language: str
    has_name: bool
    replace: bool

    def check(self) -> Language | None:
        """See that it can be done before any money is taken; the language that was named.

        Raises:
            CannotDo: when there is no such language or folder.
            FileIsThere: when a file is in the way.
        """
        if self.pdf is not None:
            if not self.pdf.parent.is_dir():
                raise CannotDo(f"there is no folder {self.pdf.parent}; make it first, or choose another")
            if self.pdf.is_dir():
                raise CannotDo(f"{self.pdf} is a folder; name a file in it")
            if self.pdf.exists() and not self.replace:
                raise file_is_there(self.pdf)
        return language_of(self.language)


def language_of(text: str) -> Language | None:
    """A language that was named; ``None`` where none was.

    Raises:
        CannotDo: when there are no words in it.
    """
    if not text:
        return None
    for each in languages():
        if each.value == text.strip():
            return each
    raise CannotDo(f"patients are told in {' or '.join(str(each) for each in languages())}")


def print_paper(office: Office, receipt: Receipt, wanted: Wanted) -> None:
    """Print a receipt without the patient's name, and write its PDF where one is wanted.

    Raises:
        CannotDo: when the PDF cannot show what it has to.
        OSError: when the file cannot be written; the receipt was printed on the screen.
    """
    patient = office.store.read(lambda tx: tx.patient(receipt.patient))
    paper = ReceiptPaper(
        receipt=receipt,
        place=office.settings.place,
        phone=str(office.settings.desk_phone or ""),
        language=wanted.check() or language_for(patient.language),
    )
    typer.echo(write_text(paper), nl=False)
    if wanted.pdf is None:
        return
    named = attrs.evolve(paper, patient=patient.name.spoken) if wanted.has_name else paper
    try:
        pdf = render_receipt(named)
    except CannotPrint as trouble:
        hint = "; --without-name leaves room to write it by hand" if wanted.has_name else ""
        raise CannotDo(f"the payment is kept, but its PDF cannot be made: {trouble}{hint}") from trouble
    write_private(wanted.pdf, pdf, replace=wanted.replace)
    typer.echo(f"Wrote {wanted.pdf}")
