"""Which rules of the language room work: all by default, any can be switched off to see what it is worth.

A rule is named as in ``docs/quality.md``: by the name that its suggestions carry, or by that of a mending step.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """``without`` names the rules that are off; ``attitudes`` adds what people think, believe and want."""

    without: frozenset[str] = frozenset()
    attitudes: bool = False

    def use(self, rule: str) -> bool:
        """Whether the rule is on."""
        return rule not in self.without


DEFAULT = Settings()
