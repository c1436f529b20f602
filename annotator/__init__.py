"""Annotator: label entities and quotations in news articles on your own laptop."""

__version__ = "0.1.0"
