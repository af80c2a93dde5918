"""How fast the kiosk is, off-screen: what ``kiosk_speed.py`` measures, told here without its verdict on the whole."""

from benchmarks import kiosk_speed


def main() -> None:
    """Measure and print; a figure beyond its limit is marked by its line, and ends nothing."""
    kiosk_speed.main()


if __name__ == "__main__":
    main()
