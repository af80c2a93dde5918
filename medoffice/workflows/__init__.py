"""Where two wings meet: what takes an appointment, a coverage and a patient's account together."""
