"""Making an office, with an invented day of patients when that is wanted. Loads the store."""

from collections.abc import Mapping
from pathlib import Path

from medoffice.adapters.system import SystemClock
from medoffice.cli.failures import CannotDo
from medoffice.core.errors import MedofficeError
from medoffice.office.demo import DEMO_NUMBERS, NAME, PLACE, awake_zone, fill_demo
from medoffice.office.folder import OfficeFolder, create_office, open_office, write_demo_files


def found_office(
    folder: Path,
    *,
    name: str,
    zone: str,
    language: str,
    place: str,
    numbers: Mapping[str, str],
    is_demo: bool,
) -> OfficeFolder:
    """Make an office; a demo office takes what is left empty from the invented one, and gets today's patients.

    ``numbers`` are ``npi``, ``ein`` and ``phone`` as text, empty where they are not said.

    Raises:
        MedofficeError: see :func:`medoffice.office.folder.create_office`.
        CannotDo: when the office is made, but its patients could not be.
    """
    if not is_demo:
        return create_office(folder, name=name, zone=zone, language=language, place=place, **numbers)
    made = create_office(
        folder,
        name=name or NAME,
        zone=zone or awake_zone(SystemClock().now()),
        language=language,
        place=place or PLACE,
        **{each: said or DEMO_NUMBERS[each] for each, said in numbers.items()},
    )
    write_demo_files(folder)
    office = open_office(folder, actor="demo")
    try:
        fill_demo(office)
    except MedofficeError as trouble:
        raise CannotDo(
            f"the office in {folder} is made, but has no patients ({trouble}); "
            "delete that folder and make it again without --zone"
        ) from trouble
    finally:
        office.close()
    return made
