"""The real window on a real store of the sample reports."""

from __future__ import annotations

import shutil

import pytest
from handling import REVIEWER, show
from PySide6.QtCore import QCoreApplication, QEvent

from db import queries
from desktop import paths, settings, workflow
from desktop.progress import Progress
from desktop.ui.shell import Shell


def pytest_collection_modifyitems(items):
    for item in items:  # what the platform without a screen says of windows' smallest sizes and of lists that drop down
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory):
    """A store with all sample reports, made once and copied for every test."""
    path = tmp_path_factory.mktemp("samples") / "样例.hebao"
    with workflow.open_store(path) as store:
        imported = workflow.import_paths(store, [paths.samples()], Progress())
    assert not imported.failed
    return path


@pytest.fixture
def store_path(sample_store, tmp_path):
    for source in sample_store.parent.glob("样例.hebao*"):
        shutil.copy(source, tmp_path / source.name)
    return tmp_path / sample_store.name


@pytest.fixture
def shell(qapp):
    """The application, light and in Chinese; closed at the end, whatever was opened in it."""
    made = Shell(qapp, "zh", "light")
    yield made
    made.close()
    # The next one finds what a start finds, no window and no style: a style makes every widget that is there cost more.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setStyleSheet("")


@pytest.fixture
def window(shell, store_path, qtbot):
    settings.remember("reviewer", REVIEWER)
    return show(shell, store_path, qtbot)


@pytest.fixture
def desk(window):
    """The desk with a sample report that has findings."""
    report = max(queries.reports(window.session.store), key=lambda row: row.findings)
    window.pages.open_report(report.id)
    return window.pages.desk
