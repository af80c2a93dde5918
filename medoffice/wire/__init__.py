"""Text and bytes on one side, values on the other; still no input or output.

Each format is imported by its own name (``medoffice.wire.json``, ``.x12``, ``.fhir``, ``.ics``, ``.cms``), so that who
reads an X12 file does not pay for the calendar's.
"""
