"""Builds ``medoffice/data/icd10cm.bin`` from the data of the package ``simple-icd-10-cm`` (MIT), which has CMS's files.

Usage: .venv/bin/python tools/build_icd10cm.py

The package brings the tabular list of April 1, 2026 and a list of all its codes. The classification itself is in the public
domain. What is written is the same for the same data.
"""

import sys
from datetime import date
from importlib.resources import files
from pathlib import Path

from medoffice.billing.coding.icd10cm import pack
from medoffice.wire.icd10cm import read_tabular

TO = Path(__file__).resolve().parent.parent / "medoffice/data/icd10cm.bin"


def main() -> None:
    """Read, pack, write."""
    data = files("simple_icd_10_cm") / "data"
    codes = (data / "code-list-April-2026.txt").read_text().split()
    listed = frozenset(code for code in codes if "-" not in code and not code.isdigit())
    content, notes = read_tabular(
        (data / "icd10c-tabular-April-1-2026.xml").read_bytes(),
        name="ICD-10-CM FY 2026 (April 1, 2026)",
        first=date(2026, 4, 1),
        last=date(2026, 9, 30),
        listed=listed,
    )
    packed = pack(content, notes)
    TO.write_bytes(packed)
    sys.stdout.write(f"{TO.name}: {len(packed):,} bytes, {len(content.codes):,} codes written out\n")


if __name__ == "__main__":
    main()
