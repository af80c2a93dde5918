"""The steps by which a store comes up to the tables of today (Alembic)."""
