"""The window. Nothing heavy is imported here: pandas and matplotlib come in when they are needed."""

import builtins

_plain_import = builtins.__import__

import PySide6.QtCore  # noqa: E402, F401

# For names spelt otherwise (`from __feature__ import ...`), which Hebao does not use, Qt for Python puts an import of
# its own in the place of Python's, and that reads the source of every module: a quarter of the start, and again as much
# when pandas and matplotlib come in.
builtins.__import__ = _plain_import

from desktop.ui.application import photograph, run  # noqa: E402

__all__ = ["photograph", "run"]
