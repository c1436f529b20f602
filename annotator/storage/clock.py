"""Times as the database and the files hold them, and ids that grow with time."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import uuid6


def now() -> str:
    """The time in UTC with milliseconds, as text that sorts."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562) for a row that a person makes."""
    return UUID(int=uuid6.uuid7().int)
