"""Text in, suggestions out: pipelines, entities, quotations, speakers. Only the worker's child imports it."""
