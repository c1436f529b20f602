"""Making a pipeline's entities fit for people: ends, consistency."""
