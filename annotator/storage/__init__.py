"""The database: tables, the one writer, queries, migrations."""
