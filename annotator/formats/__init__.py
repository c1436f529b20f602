"""Readers of article and annotated files, writers of exports: one module a format, one registry."""
