"""From speaker mentions to persons."""
