"""The kit for authors needs nothing but medoffice."""

import subprocess
import sys


def test_the_kit_is_there_without_hypothesis() -> None:
    """Importing medoffice.testing, with hypothesis and pytest out of reach, brings check_pack and the shorthand."""
    program = (
        "import sys\n"
        "sys.modules.update(dict.fromkeys(('hypothesis', 'pytest')))\n"
        "import medoffice.testing as kit\n"
        "assert kit.read_example('VISIT').claim.lines\n"
        "assert kit.check_pack\n"
        "assert sys.modules['hypothesis'] is None\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
