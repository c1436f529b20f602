"""The words of the product as typed immutable data and pure functions.

Nothing in here knows Qt, SQLAlchemy or spaCy. Offsets are Unicode code points into a document's
canonical text; ends are exclusive.
"""
