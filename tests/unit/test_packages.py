"""What can be known of the packages without building them: their scripts, their files, and how they are judged."""

from __future__ import annotations

import ast
import io
import plistlib
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from desktop import __version__

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "packaging"


@pytest.fixture(scope="module", autouse=True)
def scripts() -> Iterator[None]:
    sys.path.insert(0, str(HERE))
    yield
    sys.path.remove(str(HERE))


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    """Return a folder that looks like a frozen application."""
    folder = tmp_path / "frozen" / "hebao"
    (folder / "_internal" / "PySide6").mkdir(parents=True)
    (folder / "hebao").write_bytes(b"\x7fELF GLIBC_2.17\0 GLIBC_2.34\0")
    (folder / "hebao").chmod(0o755)
    (folder / "_internal" / "PySide6" / "libQt6Core.so.6").write_bytes(b"GLIBC_2.28\0")
    (folder / "_internal" / "libother.so").symlink_to("PySide6/libQt6Core.so.6")
    return folder


def test_the_workflow_builds_and_tries_on_all_three_systems() -> None:
    text = (ROOT / ".github" / "workflows" / "packages.yml").read_text(encoding="utf-8")
    job = yaml.safe_load(text)["jobs"]["package"]
    runners = {entry["runner"].partition("-")[0] for entry in job["strategy"]["matrix"]["include"]}
    assert runners == {"ubuntu", "windows", "macos"}
    named = re.findall(r"\b(?:packaging/|run)[\w/]*\.py", text)
    assert {"packaging/build.py", "packaging/check_package.py", "run.py"} <= set(named)
    assert all((ROOT / name).is_file() for name in named)
    tried = [step for step in job["steps"] if "check_package" in step.get("run", "")]
    assert {step["if"] for step in tried} == {f"runner.os == '{name}'" for name in ("Linux", "Windows", "macOS")}


def test_the_installer_says_everything_in_both_languages_and_names_files_that_are_there() -> None:
    import windows

    script = (HERE / "hebao.iss").read_text(encoding="utf-8-sig")
    asked = set(re.findall(r"\{cm:(\w+)\}", script))
    for language in ("zh", "en"):
        assert asked == set(re.findall(rf"^{language}\.(\w+)=.+$", script, flags=re.M))
    files = re.findall(r"compiler:Default\.isl,([\w.]+)", script)
    assert files == ["chinese.isl"] and all((HERE / name).is_file() for name in files)
    given = {word[2:].partition("=")[0] for word in windows.command(Path("frozen"), Path("dist")) if word[:2] == "/D"}
    assert given == set(re.findall(r"\{#(\w+)\}", script))
    assert "PrivilegesRequired=lowest" in script and "Software\\Classes\\.hebao" in script
    for name in re.findall(r"\{app\}\\(\w+\.exe)", script):
        assert f'"{name.removesuffix(".exe")}"' in (HERE / "hebao.spec").read_text(encoding="utf-8")


def test_the_installers_chinese_keeps_what_is_filled_in() -> None:
    lines = (HERE / "chinese.isl").read_text(encoding="utf-8-sig").splitlines()
    said = [line.partition("=") for line in lines if "=" in line and not line.startswith(";")]
    assert len({name for name, _, _ in said}) == len(said) > 50
    for name, _, sentence in said:
        assert sentence, name
        assert not re.search(r"%[^1-9n]|\[(?!name\]|name/ver\]|[mg]b\])", sentence), name


def test_what_windows_and_macos_show_of_the_program(tmp_path: Path) -> None:
    import macos
    import windows

    windows.write_version(tmp_path / "version.txt")
    text = (tmp_path / "version.txt").read_text(encoding="utf-8")
    ast.parse(text, mode="eval")
    assert f'"{__version__}"' in text
    info = plistlib.loads(plistlib.dumps(macos.INFO))
    assert info["CFBundleShortVersionString"] == __version__
    (kind,) = info["UTExportedTypeDeclarations"]
    assert kind["UTTypeTagSpecification"]["public.filename-extension"] == ["hebao"]
    assert info["CFBundleDocumentTypes"][0]["LSItemContentTypes"] == [kind["UTTypeIdentifier"]]
    assert info["LSBackgroundOnly"] is False, "PyInstaller says otherwise of what has a console: no window in front"
    assert macos.command(tmp_path, tmp_path / "x.dmg")[0] == "hdiutil"


@pytest.mark.parametrize(
    ("tags", "machine", "oldest"),
    [
        ([], "arm64", "11.0"),
        (["py3-none-any", "cp310-abi3-macosx_13_0_universal2", "cp311-cp311-macosx_11_0_arm64"], "arm64", "13.0"),
        (["cp310-abi3-macosx_13_0_universal2", "cp311-cp311-macosx_14_0_arm64"], "arm64", "14.0"),
        (["cp311-cp311-macosx_10_12_x86_64", "cp311-cp311-macosx_14_0_arm64"], "x86_64", "11.0"),
    ],
)
def test_the_oldest_macos_is_that_of_the_builds_inside(tags: list[str], machine: str, oldest: str) -> None:
    import macos

    assert macos.oldest_system([f"Wheel-Version: 1.0\nTag: {tag}\n" for tag in tags], machine) == oldest


def test_the_files_for_linux_desktops_agree() -> None:
    folder = HERE / "desktop_files"
    entry = dict(
        line.split("=", 1)
        for line in (folder / "hebao.desktop").read_text(encoding="utf-8").splitlines()
        if "=" in line
    )
    kind = ElementTree.parse(folder / "hebao.xml").getroot()[0]
    assert entry["MimeType"] == f"{kind.get('type')};" and entry["Exec"] == "hebao %f"
    assert entry["Name[zh_CN]"] == "核报"
    about = ElementTree.parse(folder / "hebao.metainfo.xml").getroot()
    assert about.findtext("launchable") == "hebao.desktop"
    for name in ("postinst", "postrm"):
        subprocess.run(["sh", "-n", str(folder / name)], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="the packages for Linux are made on Linux")
def test_an_archive_is_the_same_whoever_makes_it(frozen: Path, tmp_path: Path) -> None:
    import linux

    made = [linux.archive(frozen, to, 1000) for to in (tmp_path / "a", tmp_path / "b") if to.mkdir() is None]
    assert made[0].read_bytes() == made[1].read_bytes()
    with tarfile.open(made[0]) as tar:
        members = {member.name: member for member in tar.getmembers()}
        readme = tar.extractfile(f"hebao-{__version__}/README.txt")
        assert readme is not None and "libegl1" in readme.read().decode()
    top = f"hebao-{__version__}"
    assert members[f"{top}/hebao"].mode & 0o111 and members[f"{top}/_internal/libother.so"].issym()
    assert {(member.uname, member.mtime) for member in members.values()} == {("root", 1000)}


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg-deb is not on this machine")
def test_a_deb_says_what_it_needs_and_puts_everything_in_its_place(
    frozen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import linux
    import pictograms

    monkeypatch.setattr(linux, "BUILD", tmp_path / "build")
    pictograms.write(tmp_path / "build" / "made")
    package = linux.deb(frozen, tmp_path, 1000)
    again = package.rename(tmp_path / "first.deb").read_bytes()
    assert linux.deb(frozen, tmp_path, 1000).read_bytes() == again
    assert int(again[24:36]) == 1000, "the date of the archive's first member"

    def told(*words: str) -> str:
        return subprocess.run(["dpkg-deb", *words, str(package)], capture_output=True, text=True, check=True).stdout

    listed = told("--contents")
    for place in (
        "usr/bin/hebao -> ../lib/hebao/hebao", "usr/lib/hebao/hebao", "usr/share/applications/hebao.desktop",
        "usr/share/icons/hicolor/256x256/apps/hebao.png", "usr/share/icons/hicolor/scalable/apps/hebao.svg",
        "usr/share/mime/packages/hebao.xml", "usr/share/doc/hebao/copyright",
    ):  # fmt: skip
        assert place in listed
    assert "root/root" in listed and "tests" not in listed
    control = told("--field")
    assert "Depends: libc6 (>= 2.34), libdbus-1-3" in control and f"Version: {__version__}" in control


def test_only_what_is_wanted_goes_into_the_application(monkeypatch: pytest.MonkeyPatch) -> None:
    import contents

    monkeypatch.setattr(sys, "platform", "linux")
    wanted = (
        "PySide6/Qt/plugins/platforms/libqxcb.so", "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/plugins/platforms/qwindows.dll", "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt/plugins/imageformats/libqsvg.so", "PySide6/Qt/lib/libQt6Core.so.6", "PySide6/Qt6Widgets.dll",
        "PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui", "PySide6/Qt/lib/libicudata.so.73",
        "PySide6/Qt/translations/qtbase_zh_CN.qm", "PySide6/QtWidgets.abi3.so", "libpython3.11.so.1.0",
        "libxcb-cursor.so.0", "numpy.libs/libscipy_openblas64_-32a4b2a6.so", "resources/indicators.toml",
        "resources/translations/en/LC_MESSAGES/hebao.mo", "resources/samples/wulan-2022.txt",
        "matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf",
    )  # fmt: skip
    unwanted = (
        "PySide6/Qt/plugins/sqldrivers/libqsqlite.so", "PySide6/Qt/plugins/platforms/libqvnc.so",
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so", "PySide6/Qt6Qml.dll",
        "PySide6/Qt/lib/libQt6Quick.so.6", "PySide6/Qt/lib/libQt6Network.so.6", "PySide6/QtNetwork.abi3.so",
        "PySide6/Qt/translations/qtbase_fr.qm", "PySide6/Qt/qml/QtQuick/x.so", "PySide6/opengl32sw.dll",
        "libreadline.so.8", "libglib-2.0.so.0", "libstdc++.so.6", "resources/samples/gold/wulan-2022.json",
        "resources/translations/en/LC_MESSAGES/hebao.po", "matplotlib/mpl-data/fonts/ttf/STIXGeneral.ttf",
        "pillow.libs/libavif-c6062d5f.so.16.4.2",
    )  # fmt: skip
    assert [name for name in wanted if not contents.is_wanted(name)] == []
    assert [name for name in unwanted if contents.is_wanted(name)] == []


def test_the_spec_file_is_python_and_names_what_is_there() -> None:
    text = (HERE / "hebao.spec").read_text(encoding="utf-8")
    compile(text, "hebao.spec", "exec")
    assert all((HERE / name).exists() for name in re.findall(r'HERE / "([\w.]+)"', text))


def test_a_size_over_the_limit_and_a_part_without_a_purpose_are_refused(tmp_path: Path) -> None:
    import contents
    import sizes

    inside = tmp_path / "_internal"
    (inside / "numpy" / "_core").mkdir(parents=True)
    (inside / "numpy" / "_core" / "a.so").write_bytes(b"x" * 2_000_000)
    sizes.must_fit(tmp_path)
    assert sizes.parts(tmp_path) == {"numpy": 2_000_000}
    assert any(contents.PURPOSE["numpy"] in line for line in sizes.told(tmp_path))
    (inside / "strange").mkdir()
    (inside / "strange" / "a.so").write_bytes(b"x" * 2_000_000)
    with pytest.raises(RuntimeError, match="strange"):
        sizes.must_fit(tmp_path)


LOCK = """\
alpha==1.0 \\
    --hash=sha256:00
    # via hebao (pyproject.toml)
beta==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:11
    # via
    #   alpha
    #   gamma
gamma==3.0 \\
    --hash=sha256:22
    # via hebao (pyproject.toml)
delta-x==4.0 \\
    --hash=sha256:33
    # via beta
"""


def test_a_lock_of_fewer_packages_has_what_they_need_and_no_more(tmp_path: Path) -> None:
    import locked

    lock = tmp_path / "requirements.lock"
    lock.write_text(LOCK, encoding="utf-8")
    packages = locked.read(lock)
    assert [package.name for package in locked.needed(["alpha"], packages)] == ["alpha", "beta", "delta-x"]
    assert packages[1].marker == "sys_platform == 'win32'" and "sha256:11" in packages[1].text
    with pytest.raises(KeyError, match="omega"):
        locked.needed(["omega"], packages)
    assert {"pyinstaller", "pyside6-essentials"} <= set(locked.asked("package"))


@pytest.mark.parametrize(
    ("said", "spelt"),
    [
        ("Apache 2.0", "Apache-2.0"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("BSD 3-Clause License", "BSD-3-Clause"),
        ("3-Clause BSD License", "BSD-3-Clause"),
        ("The BSD 2-Clause License", "BSD-2-Clause"),
        ("MIT License", "MIT"),
        ("a text\nof many lines", ""),
        ("MPL-2.0 AND MIT", "MPL-2.0 AND MIT"),
    ],
)
def test_licences_are_spelt_alike(said: str, spelt: str) -> None:
    import licences

    assert licences.spelt(said) == spelt


def test_what_may_be_used_under_which_licence() -> None:
    import licences

    assert licences.allowed("MIT OR Apache-2.0") and licences.allowed("BSD-3-Clause AND MIT")
    assert licences.allowed("MPL-1.1 OR MIT") and not licences.allowed("MPL-2.0 AND MIT")
    assert licences.allowed("MPL-2.0", licences.TOOLS_ONLY)
    assert not licences.allowed("LGPL-3.0-only") and not licences.allowed("unknown")


def test_every_licence_may_be_used_and_is_told() -> None:
    import licences

    assert list(licences.refused()) == []
    assert licences.PAGE.read_text(encoding="utf-8") == licences.page(), "run packaging/licences.py"


def test_the_licences_go_along(tmp_path: Path) -> None:
    import licences

    licences.write(tmp_path / "licences")
    there = {path.relative_to(tmp_path / "licences").as_posix() for path in (tmp_path / "licences").rglob("*")}
    assert {"LICENSE.txt", "NOTICE.txt", "Qt/LGPL-3.0.txt", "Qt/GPL-3.0.txt", "Python/LICENSE.txt"} <= there
    told = (tmp_path / "licences" / "NOTICE.txt").read_text(encoding="utf-8")
    assert "pandas" in told and "pytest" not in told
    for package in licences.groups()["run"]:
        folder = tmp_path / "licences" / package.name
        assert folder.exists() or package.name in (*licences.EXCEPTIONS, *licences.ELSEWHERE), package.name


def test_any_line_that_is_not_expected_fails_a_package() -> None:
    import check_package
    from check_package import Step, Wrong

    step = Step(("import",), (r"\d+ reports imported", r"done"))
    check_package.judge(step, 0, "12 reports imported\ndone\n")
    for status, printed in ((1, "12 reports imported\ndone\n"), (0, "12 reports imported\n"), (0, "a warning\ndone\n")):
        with pytest.raises(Wrong):
            check_package.judge(step, status, printed)


def test_the_release_stops_at_the_first_thing_that_is_not_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import release

    done: list[str] = []

    def good() -> None:
        """Good."""
        done.append("good")

    def bad() -> None:
        """Bad."""
        raise release.NotYet("why")

    monkeypatch.setattr(release, "STEPS", (good, bad, good))
    assert release.main([]) == 1 and done == ["good"]
    assert "not yet: why" in capsys.readouterr().out
    assert release.main(["--from", "3"]) == 0 and done == ["good", "good"]


def test_the_page_of_the_checklist_has_its_steps() -> None:
    import release

    page = (ROOT / "docs" / "release.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^\d+\. ", page, flags=re.M)) == len(release.STEPS)


def test_the_home_of_a_tried_program_is_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from places import Here

    program = tmp_path / "app" / "hebao"
    (tmp_path / "app" / "_internal").mkdir(parents=True)
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    place = Here(program, tmp_path / "home")
    words, environment = place.command([place.program, "--version"], HEBAO_LANGUAGE="en")
    assert words == [str(program), "--version"] and environment is not None
    assert environment["HOME"] == str(tmp_path / "home") and "PYTHONPATH" not in environment
    assert environment["HEBAO_LANGUAGE"] == "en"


def test_a_command_in_the_bare_root_has_no_network_and_no_rights() -> None:
    import bare_root

    root = bare_root.Root.__new__(bare_root.Root)
    root.folder = Path("/bare")
    command: Any = root.command(["hebao", "--version"], DISPLAY=":9")
    assert command[0] == "unshare" and "--net" in command and "--reuid=1000" in command
    assert command[-2:] == ["hebao", "--version"] and "DISPLAY=:9" in command


def test_the_c_library_needed_is_the_newest_that_any_file_asks_for(frozen: Path) -> None:
    import linux

    assert linux.newest_glibc(frozen) == "2.34"
    assert linux.depended(frozen)[0] == "libc6 (>= 2.34)"
    assert io.StringIO(linux.README.format(version="1", depends="a, b")).getvalue().rstrip().endswith("a, b")
