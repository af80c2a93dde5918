"""Try hours around every change of the clocks, in every zone of the IANA data; ends with 1 when anything is wrong.

`.venv/bin/python -m benchmarks.every_zone` prints what it tried from 2020 to 2035; two years as arguments choose others.
"""

import sys

from benchmarks.timing import table
from medoffice.testing.zone_changes import survey


def main(first: int = 2020, last: int = 2035) -> int:
    """Try, and print the counts."""
    found = survey(range(first, last + 1))
    rows = [
        ("zones, aliases included", f"{found.zones:,}"),
        ("histories of the clocks that differ", f"{found.histories:,}"),
        ("days of these on which nine to five was tried", f"{found.days:,}"),
        ("changes that leave out wall times", f"{found.gaps:,}"),
        ("changes that repeat wall times", f"{found.overlaps:,}"),
        ("such wall times, minute by minute", f"{found.odd_times:,}"),
        ("of these not at their one instant, and hours that shift", f"{len(found.faults):,}"),
    ]
    table((f"{first} to {last}", "count"), rows)
    for fault in found.faults[:20]:
        print(fault)
    return int(bool(found.faults))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
