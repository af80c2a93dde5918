"""``python -m kiosk`` is ``medoffice-kiosk``."""

from kiosk.commands import app

if __name__ == "__main__":
    app(prog_name="medoffice-kiosk")
