"""Alembic's scripts; imported only when a database is older than the program."""
