"""A bare Debian in a folder, without Python and without a network, in which a package is tried as its user gets it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

USER, NUMBER = "reviewer", 1000
HOME = Path("/home") / USER
SUITE = "bookworm"
APT = ["apt-get", "-qq", "-y", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0"]


def make(folder: Path) -> None:
    """Put the smallest Debian into a folder (debootstrap, as root, networked); RuntimeError where Python got in."""
    if not (folder / "usr/bin/dpkg").exists():
        quietly(["debootstrap", "--variant=minbase", SUITE, str(folder)])
    if python_in(folder):
        raise RuntimeError(f"there is a Python in {folder}")


def python_in(folder: Path) -> list[Path]:
    """Return whatever in a root could be taken for an installed Python."""
    return list((folder / "usr").glob("**/bin/python*"))


class Root:
    """A copy of a bare root that is thrown away: `install` with a network, then `command` without, as a user."""

    def __init__(self, pristine: Path, folder: Path) -> None:
        self.folder = folder
        remove(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        quietly(["cp", "-a", str(pristine), str(folder)])
        shutil.copyfile("/etc/resolv.conf", folder / "etc/resolv.conf")
        self.as_root("useradd", "--create-home", "--uid", str(NUMBER), USER)
        (folder / "tmp/.X11-unix").mkdir(parents=True, exist_ok=True)

    def install(self, *packages: str) -> None:
        """Install packages by name, or files that lie in the root by their path, with what they depend on."""
        self.as_root("apt-get", "-qq", "update")
        self.as_root(*APT, "install", *packages)
        if python := python_in(self.folder):
            raise RuntimeError(f"a Python came along: {python}")

    def as_root(self, *command: str) -> str:
        """Run a command in the root as root, with the network there is; return what it said."""
        return quietly(["chroot", str(self.folder), *command], DEBIAN_FRONTEND="noninteractive")

    def command(self, words: list[str], **settings: str) -> list[str]:
        """Return the command that runs `words` in the root: an ordinary user, no network, nothing of our environment.

        The sockets of X servers of this machine can be reached, since a window has to be shown somewhere.
        """
        there = {"HOME": str(HOME), "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "USER": USER, **settings}
        inside = ["setpriv", f"--reuid={NUMBER}", f"--regid={NUMBER}", "--clear-groups", "env", "-i"]
        inside += [f"{name}={value}" for name, value in there.items()]
        inside += ["sh", "-c", f'cd {HOME} && exec "$@"', "sh", *words]
        mounts = 'mount --bind /dev "$0/dev" && mount --bind /tmp/.X11-unix "$0/tmp/.X11-unix" && exec chroot "$0" "$@"'
        apart = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", f"--mount-proc={self.folder}/proc"]
        return [*apart, "sh", "-c", mounts, str(self.folder), *inside]

    def path(self, inside: str | Path) -> Path:
        """Return where a file of the root lies on this machine; relative ones are the user's."""
        return self.folder / str(HOME / inside).lstrip("/")

    def give(self, file: Path, inside: str | Path) -> None:
        """Copy a file into the root; it belongs to the user."""
        to = self.path(inside)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, to)
        shutil.chown(to, NUMBER, NUMBER)


def remove(folder: Path) -> None:
    """Remove a root, but never what is mounted in it."""
    mounted = [line.split()[1] for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    if any(place.startswith(f"{folder}/") for place in mounted):
        raise RuntimeError(f"something is mounted in {folder}")
    shutil.rmtree(folder, ignore_errors=True)


def quietly(command: list[str], **settings: str) -> str:
    """Return what a command said; RuntimeError with that where it fails."""
    done = subprocess.run(command, env={**os.environ, **settings}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout
