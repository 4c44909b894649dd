"""Keeping the store safe: backups and what comes back from them, and decisions that lost their place."""
