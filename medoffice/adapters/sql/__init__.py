"""Stores in SQL: an encrypted SQLite file (SQLCipher) on the machine itself, or PostgreSQL behind an office."""
