"""How the office's calendar is set up and changed, and what it exchanges with other programs."""
