"""The use cases, without Qt: library, session, suggest."""
