"""The quotation cards at the right."""
