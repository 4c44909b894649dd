"""`hebao import --cluster`: two workers in places of their own, that get names and bytes and nothing else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import indicators
from desktop.errors import UserError
from desktop.paths import samples
from desktop.progress import Progress
from desktop.workflow.clustering import Cluster
from desktop.workflow.pooling import read_by
from desktop.workflow.sourcing import Failed, Source

ROOT = Path(__file__).resolve().parents[2]
distributed = pytest.importorskip("distributed", reason="the extra hebao[cluster] is not installed")


def start(place, *words):
    """Start a part of a cluster in a folder of its own and return it with the address that it tells."""
    place.mkdir(exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__DASHBOARD__LINK": ""}
    part = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + words[0], *words[1:]],
        cwd=place, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    lines = iter(part.stderr.readline, "")
    return part, next(found.group() for line in lines if (found := re.search(r"tcp://127\.0\.0\.1:\d+", line)))


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Yield the address of a cluster of two workers."""
    place = tmp_path_factory.mktemp("cluster")
    here = ("--host", "127.0.0.1", "--no-dashboard")
    scheduler, address = start(place / "scheduler", "dask_scheduler", *here, "--port", "0")
    parts = [scheduler]
    for name in ("first", "second"):
        worker, _ = start(place / name, "dask_worker", address, *here, "--nthreads", "2", "--local-directory", ".")
        parts.append(worker)
    with distributed.Client(address, timeout=60, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)  # on a busy machine they come in late
    yield address
    for part in reversed(parts):
        part.terminate()
        part.stderr.close()
        part.wait(30)


def test_a_cluster_imports_what_one_machine_imports(hebao, store, cluster, tmp_path):
    other = tmp_path / "集群.hebao"
    told = hebao("import", samples(), "--store", other, "--cluster", cluster)
    assert "0 failed." in told.stderr
    alone, together = (json.loads(hebao("status", "--json", "--store", path).stdout) for path in (store, other))
    assert together["figures"] == alone["figures"] and together["cells"] == alone["cells"]


def test_workers_get_bytes_and_no_path(cluster):
    workers = Cluster(cluster)
    assert workers.count == 2
    nowhere = [Source(Path("没有", f"{n}.txt"), f"{n}.txt", f"收到行政复议申请{n}件。".encode()) for n in range(70)]
    bad = Source(Path("没有", "空.txt"), "空.txt", b"")
    came = list(read_by(workers, [*nowhere, bad], indicators.load(), Progress()))
    texts = {one[0].name: one[1][0].text for one in came if not isinstance(one, Failed)}
    assert texts == {source.name: source.data.decode() for source in nowhere}
    assert [one.error.message_id for one in came if isinstance(one, Failed)] == ["source_empty"]


def test_a_cluster_that_is_hung_up_says_so(cluster):
    workers = Cluster(cluster)
    workers.stop()
    with pytest.raises(UserError, match="cluster_lost"):
        list(read_by(workers, [Source(Path("甲.txt"), "甲.txt", b"1")], indicators.load(), Progress()))


def test_an_address_without_a_cluster_says_so_and_makes_no_store(hebao, tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.workflow.clustering.ANSWER_S", 0.5)
    with pytest.raises(UserError, match="cluster_no_answer"):
        Cluster("tcp://127.0.0.1:9")
    told = hebao("import", samples(), "--store", tmp_path / "无.hebao", "--cluster", "nowhere", status=1)
    assert "“nowhere” is no address of a cluster" in told.stderr
    assert not list(tmp_path.glob("*.hebao*"))


def test_workers_with_another_version_read_nothing(cluster, monkeypatch):
    monkeypatch.setattr("desktop.workflow.clustering.versions", other_version)
    with pytest.raises(UserError, match="cluster_without_hebao"):
        Cluster(cluster)


def other_version():
    return ("0.0.0", "another")
