"""Handing out, merging and agreement, each as a person types them."""

import json

from db import queries
from db.store import Store


def code(path, reviewer, wrong):
    """Verify the first figures of every report, one of them with another value."""
    with Store.open(path) as store, store.edit("accept", reviewer=reviewer) as edit:
        for report in queries.reports(store):
            for place, figure in enumerate(queries.figures(store, report.id)[:6]):
                if place == wrong:
                    edit.correct(figure.id, value=figure.value + 1)
                else:
                    edit.accept(figure.id)


def test_two_colleagues_code_some_of_the_same_and_what_they_differ_on_is_told(hebao, store, tmp_path):
    one, other = tmp_path / "李静.hebao", tmp_path / "赵磊.hebao"
    done = hebao("hand-out", "--to", one, "--to", other, "--overlap", "50%", "--blind", "--seed", "3", "--store", store,
                 "--reviewer", "王敏")  # fmt: skip
    assert done.stdout.splitlines() == [str(one), str(other)] and "9 reports handed out to 李静" in done.stderr
    code(one, "李静", 1)
    code(other, "赵磊", 0)
    for path in (one, other):
        hebao("merge", path, "--store", store)
    told = json.loads(hebao("agreement", "--store", store, "--json").stdout)
    assert told["all"]["reports"] == 6 and told["all"]["slots"] - told["all"]["alike"] == len(told["disagreements"]) > 0
    assert [set(pair["reviewers"]) for pair in told["pairs"]] == [{"李静", "赵磊"}]
    assert {said["reviewer"] for said in told["disagreements"][0]["said"]} == {"李静", "赵磊"}
    lines = hebao("agreement", "--store", store).stdout.splitlines()
    assert lines[0].split("\t")[0] == "Of" and lines[1].split("\t")[:2] == ["All", str(told["all"]["slots"])]
    assert len(lines) == 2 + sum(len(told[part]) for part in ("indicators", "pairs", "districts"))
    written = hebao("agreement", "--store", store, "--to", tmp_path / "a.csv").stdout.splitlines()
    assert written == [str(tmp_path / "a.csv"), str(tmp_path / "a-disagreements.csv")]
    rows = (tmp_path / "a-disagreements.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 1 + 2 * len(told["disagreements"])
    assert "a.doc" in hebao("agreement", "--store", store, "--to", tmp_path / "a.doc", status=1).stderr


def test_what_cannot_be_handed_out_is_said(hebao, store, tmp_path):
    def refused(*words, status=1):
        return hebao("hand-out", *words, "--store", store, "--reviewer", "王敏", status=status).stderr

    to = tmp_path / "b.hebao"
    assert "无此县" in refused("--to", to, "--district", "无此县")
    assert "not a percentage" in refused("--to", to, "--share", "many", status=2)
    assert "years" in refused("--to", to, "--years", "1990")
    assert "there already" in refused("--to", store)
    done = hebao("agreement", "--store", store)
    assert done.stdout == "" and "independently" in done.stderr
    assert not to.exists()
