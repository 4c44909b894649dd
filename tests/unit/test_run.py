"""run.py: what it sets up, when, and what it says where it cannot; the set-up itself is what starts these tests."""

from __future__ import annotations

import ast
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """run.py as a module, its .venv and its results in a folder of the test."""
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path / "venv")
    monkeypatch.setattr(module, "RESULTS", tmp_path / "结果 1")
    monkeypatch.setattr(module, "STORE", tmp_path / "结果 1" / "samples.hebao")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return module


@pytest.fixture
def done(run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What set_up did, with nothing really installed."""
    steps: list[str] = []
    (tmp_path / "venv").mkdir()
    monkeypatch.setattr(run, "venv_starts", lambda: bool(steps))
    monkeypatch.setattr(run, "install", lambda anew: steps.append(f"install {'anew' if anew else 'on'}"))
    monkeypatch.setattr(run, "prepare_qt", lambda window: steps.append(f"qt {'window' if window else 'offscreen'}"))
    return steps


def test_only_the_standard_library_is_needed() -> None:
    imported = set()
    for node in ast.walk(ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").partition(".")[0])
    assert imported - {"desktop"} <= sys.stdlib_module_names
    # What it takes from Hebao for its sentences needs nothing else either.
    probe = "import sys; sys.path.insert(0, sys.argv[1]); import run; print(run.say('run_done', folder=1))"
    alone = subprocess.run([sys.executable, "-I", "-S", "-c", probe, str(ROOT)], capture_output=True, check=True)
    assert alone.stdout


def test_an_old_python_gets_a_sentence(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.sys, "version_info", (3, 9, 2))
    assert run.main(["test"]) == 2
    said = capsys.readouterr().err
    assert "3.11" in said and "3.9" in said and "Python" in said and "需要" in said
    # An older Python must get as far as that sentence.
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_help_sets_nothing_up(run: ModuleType, done: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--help"]) == 0
    assert "python3 run.py test" in capsys.readouterr().out and not done


def test_it_sets_up_once_and_again_when_something_changed(
    run: ModuleType, done: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.set_up()
    run.set_up()
    assert done == ["install anew", "qt offscreen"]
    mark = tmp_path / "venv" / "hebao-ready.json"
    ready = json.loads(mark.read_text(encoding="utf-8"))
    for key, step in (("lock", "install on"), ("project", "install on"), ("root", "install anew")):
        mark.write_text(json.dumps({**ready, key: "another"}), encoding="utf-8")
        done[:] = ["was there"]
        run.set_up()
        assert done[1:] == [step, "qt offscreen"]
    for broken in ("", "[]", "{"):
        mark.write_text(broken, encoding="utf-8")
        done[:] = ["was there"]
        run.set_up()
        assert done[1:] == ["install anew", "qt offscreen"]


def test_a_set_up_cut_short_is_done_again(
    run: ModuleType, done: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(anew: bool) -> None:
        raise run.Stop("cut short")

    run.set_up()
    mark = tmp_path / "venv" / "hebao-ready.json"
    mark.write_text("{}", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(run, "install", cut)
        with pytest.raises(run.Stop):
            run.set_up()
    assert not mark.exists()
    done[:] = ["was there"]
    run.set_up()
    assert done[1:] == ["install anew", "qt offscreen"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt brings all it needs")
def test_a_window_is_prepared_when_a_display_appears(
    run: ModuleType, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run.set_up()
    monkeypatch.setenv("DISPLAY", ":1")
    run.set_up()
    run.set_up()
    monkeypatch.delenv("DISPLAY")
    run.set_up()
    assert done == ["install anew", "qt offscreen", "qt window"]


def test_a_venv_that_does_not_start_is_noticed(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not run.venv_starts()
    monkeypatch.setattr(run, "venv_python", lambda: Path(sys.executable))
    assert run.venv_starts()
    monkeypatch.setattr(run, "OLDEST", (99, 0))
    assert not run.venv_starts()


def test_what_was_said_is_run_and_its_status_passed_on(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[object, ...]] = []

    def python(*words: object, **_: object) -> int:
        calls.append(words)
        return 5

    monkeypatch.setattr(run, "set_up", lambda: None)
    monkeypatch.setattr(run, "python", python)
    assert run.main(["test", "-k", "text"]) == 5
    assert run.main(["extract", "a b.txt", "--json"]) == 5
    assert calls == [("-m", "pytest", "-k", "text"), ("-P", "-m", "desktop", "extract", "a b.txt", "--json")]
    for cores, spread in ((1, ()), (2, ("-n", "2", "--dist", "worksteal")), (64, ("-n", "8", "--dist", "worksteal"))):
        monkeypatch.setattr(run.os, "sched_getaffinity", lambda _, cores=cores: set(range(cores)), raising=False)
        monkeypatch.setattr(run.os, "cpu_count", lambda cores=cores: cores)
        assert run.main(["test"]) == 5
        assert calls[-1] == ("-m", "pytest", *spread)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert run.main([]) == 5  # the first command of the main job failed
    assert "import" in calls[-1]


def test_a_display_is_known(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    assert run.has_display() is (sys.platform != "linux")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert run.has_display()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert not run.has_display()


def test_nothing_leads_the_inner_python_astray(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONHOME", "PIP_USER", "PIP_TARGET", "VIRTUAL_ENV", "PYTHONPATH"):
        monkeypatch.setenv(name, "elsewhere")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    inner = run.environment(offscreen=True)
    assert "elsewhere" not in inner.values() and inner["PYTHONPATH"] == str(ROOT)
    assert inner["QT_QPA_PLATFORM"] == "offscreen" and "QT_QPA_PLATFORM" not in run.environment()
    monkeypatch.setenv("QT_QPA_PLATFORM", "vnc")
    assert run.environment(offscreen=True)["QT_QPA_PLATFORM"] == "vnc"


def test_packages_are_installed_by_root_on_debian_only(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []

    def succeed(command: list[str], **_: object) -> SimpleNamespace:
        ran.append(command)
        return SimpleNamespace(returncode=0, stdout=b"")

    monkeypatch.setattr(run.subprocess, "run", succeed)
    monkeypatch.setattr(run.shutil, "which", lambda name: name if name == "apt-get" else None)
    monkeypatch.setattr(run.os, "geteuid", lambda: 0, raising=False)
    run.install_packages("libgl1 libegl1")
    install = ["apt-get", "install", "-y", "--no-install-recommends", "libgl1", "libegl1"]
    assert ran == [["apt-get", "update", "-q"], install]
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(run.Stop, match="sudo " + " ".join(install)):
        run.install_packages("libgl1 libegl1")
    monkeypatch.setattr(run.shutil, "which", lambda name: name if name == "dnf" else None)
    with pytest.raises(run.Stop, match="sudo dnf install -y libglvnd-glx"):
        run.install_packages(run.PACKAGES["dnf"])
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    with pytest.raises(run.Stop):
        run.install_packages("")
    assert len(ran) == 2


def test_a_failed_apt_is_told_with_the_command(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failed = SimpleNamespace(returncode=100, stdout="没有网络".encode())
    monkeypatch.setattr(run.subprocess, "run", lambda *_, **__: failed)
    monkeypatch.setattr(run.shutil, "which", lambda name: name if name == "apt-get" else None)
    monkeypatch.setattr(run.os, "geteuid", lambda: 0, raising=False)
    with pytest.raises(run.Stop, match="apt-get install -y --no-install-recommends libgl1"):
        run.install_packages("libgl1")
    assert "没有网络" in capsys.readouterr().err


def test_a_library_that_qt_lacks_is_named(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(run, "venv_python", lambda: Path(sys.executable))
    monkeypatch.setattr(run, "install_packages", asked.append)
    monkeypatch.setattr(run.shutil, "which", lambda name: name if name == "apt-get" else None)
    run.prepare_qt(window=False)
    assert not asked
    monkeypatch.setattr(run, "PROBE", "raise ImportError('libGL.so.1: cannot open shared object file')")
    with pytest.raises(run.Stop, match=r"libGL\.so\.1"):
        run.prepare_qt(window=False)
    with pytest.raises(run.Stop):
        run.prepare_qt(window=True)
    assert asked[0].startswith("libgl1 ") and "xcb" not in asked[0] and "libxcb-cursor0" in asked[1]


def test_a_folder_that_cannot_be_written_is_said(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "set_up", lambda: None)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    run.RESULTS.write_text("a file where the folder should be", encoding="utf-8")
    assert run.main([]) == 1
    said = capsys.readouterr().err
    assert str(run.RESULTS) in said and "run.py" in said and "Traceback" not in said


def test_a_sample_store_cut_short_is_made_anew(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    new = run.RESULTS / "samples-new.hebao"

    def half(*_: object, **__: object) -> int:
        new.write_bytes(b"half")
        return 1

    def whole(*_: object, **__: object) -> int:
        assert not new.exists()
        new.write_bytes(b"whole")
        Path(f"{new}-sources").write_bytes(b"sources")
        return 0

    monkeypatch.setattr(run, "python", half)
    with pytest.raises(run.Stop):
        run.sample_store()
    assert not run.STORE.exists()
    monkeypatch.setattr(run, "python", whole)
    run.sample_store()
    assert run.STORE.read_bytes() == b"whole" and Path(f"{run.STORE}-sources").read_bytes() == b"sources"
    monkeypatch.setattr(run, "python", half)
    run.sample_store()  # it is there: nothing is made


def test_the_main_job_without_a_display_writes_everything(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "set_up", lambda: None)
    monkeypatch.setattr(run, "venv_python", lambda: Path(sys.executable))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    for name in ("HOME", "XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    assert run.main([]) == 0
    said = capfd.readouterr()
    assert str(run.RESULTS) in said.out and "$ hebao import" in said.out and "Traceback" not in said.err
    made = {path.name: path.stat().st_size for path in run.RESULTS.iterdir()}
    wanted = {"samples.hebao", "status.json", "findings.json", "chart.png", "chart-data.csv", "window.png"}
    wanted |= {f"cells-{shape}.{ending}" for shape in ("wide", "long") for ending in ("csv", "xlsx")}
    wanted |= {f"cells-{shape}-codebook.csv" for shape in ("wide", "long")}
    assert wanted <= set(made) and all(made[name] for name in wanted)
    matrix = json.loads((run.RESULTS / "status.json").read_text(encoding="utf-8"))["matrix"]
    assert len(matrix) >= 9
