"""The check-in kiosk: a thin face over :mod:`medoffice.checkin`, and the devices round it."""
