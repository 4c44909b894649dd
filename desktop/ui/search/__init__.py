"""Search over all texts of the store."""
