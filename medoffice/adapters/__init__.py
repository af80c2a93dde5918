"""What the ports are plugged into: memory, files, SQL stores, sealing and signing.

Nothing is imported here, so that a program loads only the outside packages it uses.
"""
