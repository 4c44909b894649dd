"""The window. Nothing heavy is imported here: pandas and matplotlib come in when they are needed."""

from desktop.ui.application import photograph, run

__all__ = ["photograph", "run"]
