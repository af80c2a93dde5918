"""What is asked for and read from the input, so that it stays out of the shell's history."""

import typer


def asked(question: str) -> str:
    """A line of the input; empty where it is empty or at its end."""
    try:
        answer = typer.prompt(question, default="", show_default=False, err=True)
    except typer.Abort:
        return ""
    return " ".join(str(answer).split())
