"""Finding reported speech: marks, cues, contents, speaker mentions."""
