"""Stories, promises, end to end."""
