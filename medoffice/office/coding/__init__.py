"""Coding over an office: the diagnoses of a day."""
