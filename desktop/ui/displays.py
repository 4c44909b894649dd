"""Screens: whether there is one (where there is none Qt ends the program, and tells people nothing), and their room."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from PySide6.QtCore import QMargins, QSize
from PySide6.QtWidgets import QWidget

from desktop.text import say

FRAME = QMargins(8, 8, 8, 32)  # of a window, around what it shows
NAMES = ("DISPLAY", "WAYLAND_DISPLAY")


def lacking(environment: Mapping[str, str] = os.environ) -> str:
    """Return a sentence where no screen can be reached, empty where a window can be shown.

    Only Linux may lack one. A platform that was chosen (QT_QPA_PLATFORM) is left to Qt, and so is a screen that the
    libraries for asking are missing for.
    """
    if sys.platform != "linux" or environment.get("QT_QPA_PLATFORM"):
        return ""
    named = [environment[name] for name in NAMES if environment.get(name)]
    if not named:
        return say("no_display")
    wayland = bool(environment.get("WAYLAND_DISPLAY") and environment.get("XDG_RUNTIME_DIR"))
    if _x_answers() or (wayland and _wayland_answers()):
        return ""
    return say("display_dead", display=", ".join(named))


def enlarge(window: QWidget, width: int, height: int) -> None:
    """Make a window so large, or as large as its screen has room for, which on a small laptop is not much."""
    window.resize(QSize(width, height).boundedTo(window.screen().availableSize().shrunkBy(FRAME)))


def _x_answers() -> bool:
    import ctypes

    try:
        x = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    x.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(x.xcb_connect(None, None))
    if x.xcb_connection_has_error(connection):
        x.xcb_disconnect(connection)
        return False
    return True  # it stays open: a server that its last client leaves starts anew, and Qt would find none meanwhile


def _wayland_answers() -> bool:
    import ctypes

    try:
        wayland = ctypes.CDLL("libwayland-client.so.0")
    except OSError:
        return False
    wayland.wl_display_connect.restype = ctypes.c_void_p
    if not (connection := ctypes.c_void_p(wayland.wl_display_connect(None))):
        return False
    wayland.wl_display_disconnect(connection)
    return True
