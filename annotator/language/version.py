"""The version of our rules on top of a pipeline: part of a run's identity, raised when their output changes."""

RULES_VERSION = "2"
