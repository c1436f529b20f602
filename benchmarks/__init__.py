"""Ratios against named baselines; see README.md in this folder."""
