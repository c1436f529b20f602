"""Sample articles written for this project; invented people and places. The first-run content."""
