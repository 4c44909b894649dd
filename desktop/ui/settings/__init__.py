"""Settings: the declared list, to be read and changed."""
