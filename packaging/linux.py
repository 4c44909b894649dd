"""The packages for Linux: an archive to unpack anywhere, and a .deb."""

from __future__ import annotations

import gzip
import io
import lzma
import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import contents
import pictograms

from desktop import __version__

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BUILD = ROOT / "build"
DESKTOP = HERE / "desktop_files"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
MAINTAINER = "Hebao <hebao@localhost>"
README = """核报 Hebao {version}

./hebao             打开窗口
./hebao --help      命令行
./hebao self-test   检查程序自身

无需安装，也无需联网。系统须有以下软件包（Debian、Ubuntu 的名称；带桌面的系统通常已有）：

./hebao             opens the window
./hebao --help      shows the command line
./hebao self-test   checks the program itself

Nothing has to be installed, and no network is needed. The system must have these packages (by their names in Debian and
Ubuntu; a desktop usually has them):

{depends}
"""


def machine() -> str:
    """Return what the processor is called here."""
    return subprocess.run(["uname", "-m"], capture_output=True, text=True, check=True).stdout.strip()


def archive(frozen: Path, to: Path, date: int) -> Path:
    """Return a .tar.xz of the application, which the same application makes byte for byte again."""
    made = to / f"hebao-{__version__}-linux-{machine()}.tar.xz"
    depends = ", ".join(name.partition(" | ")[0] for name in depended(frozen))
    readme = README.format(version=__version__, depends=depends).encode()
    with (
        lzma.open(made, "wb", preset=6) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar,
    ):
        top = f"hebao-{__version__}"
        _add_file(tar, f"{top}/README.txt", readme, date)
        _add_folder(tar, frozen, top, date)
    return made


def _add_folder(tar: tarfile.TarFile, folder: Path, name: str, date: int) -> None:
    for path in sorted(folder.rglob("*")):
        about = tar.gettarinfo(path, f"{name}/{path.relative_to(folder).as_posix()}")
        about.uid = about.gid = 0
        about.uname = about.gname = "root"
        about.mtime = date
        if about.isreg():
            with path.open("rb") as file:
                tar.addfile(about, file)
        else:
            tar.addfile(about)


def _add_file(tar: tarfile.TarFile, name: str, data: bytes, date: int) -> None:
    about = tarfile.TarInfo(name)
    about.size, about.mtime, about.uname, about.gname = len(data), date, "root", "root"
    tar.addfile(about, io.BytesIO(data))


def deb(frozen: Path, to: Path, date: int) -> Path:
    """Return a .deb: the application under /usr/lib/hebao, `hebao` on the path, menu, icons and file type."""
    root = BUILD / "deb"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(frozen, root / "usr/lib/hebao", symlinks=True)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/hebao").symlink_to("../lib/hebao/hebao")
    for place, name in {
        "usr/share/applications": "hebao.desktop",
        "usr/share/mime/packages": "hebao.xml",
        "usr/share/metainfo": "hebao.metainfo.xml",
    }.items():
        _copy(DESKTOP / name, root / place / name)
    icons = root / "usr/share/icons/hicolor"
    _copy(pictograms.DRAWING, icons / "scalable/apps/hebao.svg")
    for size in pictograms.SIZES:
        _copy(BUILD / "made" / f"hebao-{size}.png", icons / f"{size}x{size}/apps/hebao.png")
    document(root / "usr/share/doc/hebao")
    control(root, frozen)
    _date(root, date)
    made = to / f"hebao_{__version__}_{architecture()}.deb"
    command = ["dpkg-deb", "--build", "--root-owner-group", "-Zxz", "--threads-max=1", str(root), str(made)]
    dated = {**os.environ, "SOURCE_DATE_EPOCH": str(date)}  # the archive's own members too
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=dated)
    return made


def architecture() -> str:
    """Return what Debian calls the processor here."""
    return ARCHITECTURES[machine()]


def document(folder: Path) -> None:
    """Write the licence and the changes where Debian's packages have them."""
    folder.mkdir(parents=True)
    notice = (HERE / "notices" / "NOTICE.txt").read_text(encoding="utf-8")
    licence = "On Debian systems the full text of the Apache License 2.0 is in /usr/share/common-licenses/Apache-2.0.\n"
    place = "The folder spoken of here is /usr/lib/hebao/_internal/licences.\n\n"
    (folder / "copyright").write_text(place + notice + "\n" + licence, encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    (folder / "changelog.gz").write_bytes(gzip.compress(changes, 9, mtime=0))


def control(root: Path, frozen: Path) -> None:
    """Write what dpkg reads: the package's name, what it needs, and what is run after installing and removing."""
    folder = root / "DEBIAN"
    folder.mkdir()
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    lines = {
        "Package": "hebao",
        "Version": __version__,
        "Architecture": architecture(),
        "Maintainer": MAINTAINER,
        "Installed-Size": str(size // 1024),
        "Depends": ", ".join(depended(frozen)),
        "Recommends": ", ".join(contents.RECOMMENDS),
        "Section": "office",
        "Priority": "optional",
        "Description": (DESKTOP / "description.txt").read_text(encoding="utf-8").strip(),
    }
    (folder / "control").write_text("".join(f"{name}: {value}\n" for name, value in lines.items()), encoding="utf-8")
    for name in ("postinst", "postrm"):
        _copy(DESKTOP / name, folder / name).chmod(0o755)


def depended(frozen: Path) -> list[str]:
    """Return the packages that the application needs, the C library as new as its newest symbols first."""
    return [f"libc6 (>= {newest_glibc(frozen)})", *contents.DEPENDS]


def newest_glibc(frozen: Path) -> str:
    """Return the newest version of the C library that any library of the application asks for."""
    found = {0}
    for path in frozen.rglob("*"):
        if path.is_file() and not path.is_symlink() and (".so" in path.name or path.name == "hebao"):
            found |= {int(minor) for minor in re.findall(rb"GLIBC_2\.(\d+)\0", path.read_bytes())}
    return f"2.{max(found)}"


def _copy(source: Path, to: Path) -> Path:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, to)
    return to


def _date(root: Path, date: int) -> None:
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            if path.is_dir():
                path.chmod(0o755)
            elif not path.stat().st_mode & 0o100:
                path.chmod(0o644)
        os.utime(path, (date, date), follow_symlinks=False)
