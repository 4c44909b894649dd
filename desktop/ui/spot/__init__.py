"""The blind spot-check: a sample of figures read once more, without the machine's value."""
