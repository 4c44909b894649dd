"""The window of an installed package: shown on a screen of its own, worked with by keys from outside, photographed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageChops, ImageGrab
from places import Place

PATIENCE_S = 60.0
STEADY, CURSOR = 5, 4  # looks that show the same; pixels
SIZE = "1440x900x24"


@contextmanager
def screen() -> Iterator[str]:
    """Yield the name of an X server that shows nothing to anybody; without X (Windows, macOS) that of none."""
    if sys.platform != "linux":
        yield ""
        return
    Path("/tmp/.X11-unix").mkdir(mode=0o1777, exist_ok=True)
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


class Window:
    """A window that was started at a place; whatever it prints is kept in `printed` for when it is closed."""

    def __init__(self, place: Place, display: str, *words: str, **settings: str) -> None:
        self.display = display
        shown = {"DISPLAY": display} if display else {}
        program = place.program.replace("hebao.exe", "hebaow.exe")
        command, environment = place.command([program, *words], **shown, **settings)
        self.process = subprocess.Popen(
            command, env=environment, cwd=place.path(""), text=True, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        self.id = ""
        if display:
            self.id = self._found()
            self._tool("windowfocus", "--sync", self.id)
        self.settle()

    def _tool(self, *words: str) -> str:
        environment = {**os.environ, "DISPLAY": self.display}
        done = subprocess.run(["xdotool", *words], env=environment, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def _found(self) -> str:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError(f"no window: {self.process.communicate()[0]}")
            if found := self._tool("search", "--onlyvisible", "--name", "核报|Hebao"):
                return found.split()[0]
            time.sleep(0.1)
        raise RuntimeError("no window came")

    def settle(self) -> None:
        """Wait until what is shown stays as it is; a cursor may blink."""
        until, before, same = time.monotonic() + PATIENCE_S, self._picture(), 0
        while same < STEADY and time.monotonic() < until:
            time.sleep(0.3)
            now = self._picture()
            changed = ImageChops.difference(before, now).getbbox()
            same = same + 1 if changed is None or changed[2] - changed[0] <= CURSOR else 0
            before = now

    def _picture(self) -> Image.Image:
        return (ImageGrab.grab(xdisplay=self.display) if self.display else ImageGrab.grab()).convert("RGB")

    def press(self, *keys: str) -> None:
        """Press keys, by xdotool's names, one after the other."""
        for key in keys:
            self._tool("key", key)
            self.settle()

    def type(self, text: str) -> None:
        """Type a text."""
        self._tool("type", "--delay", "80", text)
        self.settle()

    def photograph(self, to: Path) -> int:
        """Write what the screen shows as a PNG; return how many colours it has: an empty one has few."""
        picture = self._picture()
        picture.save(to)
        return len(picture.getcolors(2**24) or ())

    def close(self) -> tuple[int, str]:
        """Let the window close; return its exit status and all it printed (where no keys reach it, it is ended)."""
        if self.display:
            self._tool("key", "ctrl+q")
        else:
            self.process.terminate()
        printed, _ = self.process.communicate(timeout=PATIENCE_S)
        return self.process.returncode, printed
