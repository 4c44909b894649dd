"""The store: one SQLite file behind typed verbs."""
