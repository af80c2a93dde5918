"""A paper that is handed over: as text, or as a PDF in a file that only its owner can read. Loads the words."""

from pathlib import Path

from medoffice.adapters.papers import Letterhead, Sheet, paper_language_for, paper_languages, sheet_text
from medoffice.cli.failures import CannotDo
from medoffice.core.people import Language
from medoffice.office.settings import OfficeSettings


def language_of(tag: str, own: Language) -> Language:
    """The language that was asked for, or the patient's own where there are words in it.

    Raises:
        CannotDo: when there are no words in the one that was asked for.
    """
    if not tag:
        return paper_language_for(own)
    for each in paper_languages():
        if each.value == tag.strip():
            return each
    raise CannotDo(f"papers are written in {' or '.join(str(each) for each in paper_languages())}")


def letterhead_of(settings: OfficeSettings) -> Letterhead:
    """Who gives a paper."""
    return Letterhead(
        name=settings.name,
        place=settings.place,
        reached_at=str(settings.desk_phone) if settings.desk_phone else "",
    )


def require_room(path: Path | None, *, replace: bool) -> None:
    """See that a file can be written, before anything is kept that it would show.

    Raises:
        CannotDo: when there is no folder for it, or its name is that of one.
        FileIsThere: when there is one and nobody said that it may be replaced.
    """
    if path is None:
        return
    if not path.parent.is_dir():
        raise CannotDo(f"there is no folder {path.parent}; make it first, or choose another")
    if path.is_dir():
        raise CannotDo(f"{path} is a folder; name a file in it")
    if path.exists() and not replace:
        from medoffice.adapters.letters.files import file_is_there  # noqa: PLC0415 -- loads the fonts

        raise file_is_there(path)


def pdf_of(sheet: Sheet, path: Path | None) -> bytes | None:
    """The PDF, if a file was asked for.

    Raises:
        CannotDo: when there is no way to print it right.
    """
    if path is None:
        return None
    from medoffice.adapters.letters import CannotPrint, render_sheet  # noqa: PLC0415 -- loads the fonts

    try:
        return render_sheet(sheet)
    except CannotPrint as trouble:
        raise CannotDo(f"{trouble}; without --pdf it is shown as text") from trouble


def handed_over(sheet: Sheet, path: Path | None, *, replace: bool) -> str:
    """The paper as text; or the file it was written to.

    Raises:
        CannotDo: when there is no way to print it right.
        FileIsThere: when there is a file and nobody said that it may be replaced.
        OSError: when it cannot be written.
    """
    pdf = pdf_of(sheet, path)
    if path is None or pdf is None:
        return sheet_text(sheet)
    from medoffice.adapters.letters import write_private  # noqa: PLC0415 -- loads the fonts

    write_private(path, pdf, replace=replace)
    return f"Wrote {path}\n"
