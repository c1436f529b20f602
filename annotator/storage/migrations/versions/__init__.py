"""The steps between schemas: ``STEPS[n]`` leads from schema n to n + 1. One module a step."""

from __future__ import annotations

from collections.abc import Callable

from alembic.operations import Operations

from annotator.storage.migrations.versions.v0001_first_schema import upgrade as first_schema

STEPS: dict[int, Callable[[Operations], None]] = {0: first_schema}
