"""``medoffice version``."""

import platform
from importlib import metadata

import typer


def version() -> None:
    """Say which medoffice this is.

    Worth adding when you report a problem. Opens no office, writes nothing.

    Example: `medoffice version`
    """
    typer.echo(f"medoffice {metadata.version('medoffice')} (Python {platform.python_version()})")
