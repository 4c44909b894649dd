"""Indicators of the reviewers' own: written, tried and kept in the window."""
