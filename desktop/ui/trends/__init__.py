"""One district's indicators over the years."""
