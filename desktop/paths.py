"""Where Hebao's own files are (in source or frozen) and where a reviewer's files are."""

from __future__ import annotations

import functools
import importlib.util
import sys
from pathlib import Path


@functools.cache
def resources() -> Path:
    """Return the folder of resources: beside the source, inside the wheel, or inside the frozen application."""
    here = Path(__file__).resolve().parent
    bundled = Path(getattr(sys, "_MEIPASS", here)) / "resources"
    for folder in (bundled, here / "_resources", here.parent / "resources"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("resources")


def samples() -> Path:
    """Return the folder of the sample reports, all of invented districts."""
    return resources() / "samples"


def packaged_font() -> Path | None:
    """Return the font file of the package paperang-p2-fonts-cjk, not imported for that; None where it is missing."""
    spec = importlib.util.find_spec("paperang_p2_fonts_cjk")
    if spec is None or not spec.submodule_search_locations:
        return None
    return next(Path(spec.submodule_search_locations[0]).glob("fonts/*.tt[cf]"), None)


def default_store(language: str) -> Path:
    """Return where a reviewer's store is when none is named: 报告库.hebao or reports.hebao in the user's documents."""
    from platformdirs import user_documents_path

    return user_documents_path() / ("报告库.hebao" if language == "zh" else "reports.hebao")


def config_folder() -> Path:
    """Return the folder of this reviewer's settings on this machine; it is made when something is written there."""
    from platformdirs import user_config_path

    return user_config_path("hebao", appauthor=False)


def state_folder() -> Path:
    """Return the folder of logs on this machine; it is made when something is written there."""
    from platformdirs import user_state_path

    return user_state_path("hebao", appauthor=False)
