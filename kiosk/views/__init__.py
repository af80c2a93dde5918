"""How a screen looks: everything here draws what :mod:`medoffice.checkin.screen` says, and decides nothing.

Importing this package opens a window; nothing outside :mod:`kiosk.app` does.
"""
