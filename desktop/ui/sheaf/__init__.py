"""The sheaf: the same phrase from many reports on one screen."""
