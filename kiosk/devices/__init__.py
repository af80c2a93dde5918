"""The kiosk's eyes and hands: camera, scanner, payment terminal and printer.

Every device is a small protocol with a real implementation and one that needs no hardware; both are used the
same way. Nothing here imports a user interface, decides what a screen shows, or keeps what it has seen.
"""
