"""One list of settings: what it declares is explained, taken, kept, and what follows from it."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest

from db import backup, queries
from desktop import checks, indicators, settings, text, workflow
from desktop.checks import Checked, Compared, YearCell
from desktop.checks.limits import Limits
from desktop.paths import config_folder, samples
from desktop.progress import Progress
from desktop.settings import SETTINGS
from desktop.text import say_in

RATE = "行政复议申请受理100件，审结70件，审结率为70.4%。"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_every_setting_is_named_and_explained_and_takes_its_default(setting, language):
    assert say_in(language, f"set_{setting.id}") and say_in(language, f"set_{setting.id}_means")[-1] in "。."
    assert setting.takes(setting.default)
    assert all(say_in(language, f"set_{setting.id}_{choice}") for choice in setting.choices)
    assert not setting.unit or say_in(language, f"set_unit_{setting.unit}")


@pytest.mark.parametrize(
    ("key", "wrong"),
    [("language", "fr"), ("theme", "blue"), ("sure", "120"), ("sure", "nan"), ("jump_times", "many"),
     ("backup_folder", "somewhere")],
)  # fmt: skip
def test_what_is_not_valid_counts_as_not_set(key, wrong):
    config_folder().mkdir(parents=True)
    (config_folder() / "settings.json").write_text(json.dumps({key: wrong}), encoding="utf-8")
    assert settings.get(key) == SETTINGS[key].default


def test_the_thresholds_of_the_checks_are_the_numbers_of_the_list():
    numbers = {key for key, setting in SETTINGS.items() if setting.sort == "number"}
    assert {each.name for each in fields(Limits)} == numbers
    assert workflow.limits() == Limits()
    settings.remember("jump_times", "3")
    assert workflow.limits() == replace(Limits(), jump_times=3.0)


def test_the_language_set_is_spoken_unless_the_surroundings_say_otherwise(monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    settings.remember("language", "en")
    assert text.chosen_language() == "en"
    monkeypatch.setenv("HEBAO_LANGUAGE", "zh")
    assert text.chosen_language() == "zh"


def raised(check, limits, *figures, text="", **compared):
    context = checks.context(figures, indicators.load(), text, Compared(limits=limits, **compared))
    return check in {found.check for found in checks.run(context)}


def test_slack_lets_a_rate_be_out():
    at = {part: RATE.index(part) for part in ("100", "70件", "70.4")}
    figures = [
        Checked(at["100"], at["100"] + 4, 100, "件", None, None),
        Checked(at["70件"], at["70件"] + 3, 70, "件", None, None),
        Checked(at["70.4"], at["70.4"] + 5, 70.4, "%", None, None),
    ]
    assert raised("rate_of_parts", Limits(), *figures, text=RATE)
    assert not raised("rate_of_parts", Limits(rate_slack=0.5), *figures, text=RATE)


def test_years_may_lie_further_apart():
    cell = Checked(0, 4, 8000, "件", None, "disputes_handled")
    years = {year: {"disputes_handled": YearCell(1000.0 + year % 7, "件", None)} for year in (2018, 2019, 2020)}
    facts = replace(Compared().facts, year=2021)
    limits = Limits(jump_times=5)
    unusual = Checked(0, 4, 5500, "件", None, "disputes_handled")
    assert raised("series_jump", limits, cell, facts=facts, years=years)
    assert raised("series_jump", limits, unusual, facts=facts, years=years)
    assert not raised("series_jump", Limits(jump_times=6), unusual, facts=facts, years=years)


def test_peers_may_lie_further_apart():
    cell = Checked(0, 4, 20_000, "件", None, "disputes_handled")
    peers = {"disputes_handled": checks.Peers(50, 3.0, 0.05)}
    assert raised("peer_outlier", Limits(), cell, peers=peers)
    assert not raised("peer_outlier", Limits(peer_times=30), cell, peers=peers)


def test_backups_go_where_it_is_set_and_those_beside_the_store_are_still_found(tmp_path):
    path = tmp_path / "报告库.hebao"
    with workflow.open_store(path):
        pass
    beside = backup.keep(path)
    settings.remember("backup_folder", str(tmp_path / "另一块盘"))
    other = tmp_path / "别处" / path.name
    other.parent.mkdir()
    with workflow.open_store(other):
        pass
    there, others = backup.keep(path, "merge"), backup.keep(other)
    assert there.parent.parent == others.parent.parent == tmp_path / "另一块盘"
    assert there.parent != others.parent
    assert {kept.path for kept in backup.backups(path)} == {beside, there}
    assert [kept.path for kept in backup.backups(other)] == [others]


def test_a_store_checked_by_other_thresholds_is_checked_again_whoever_opens_it(tmp_path):
    path = tmp_path / "样例.hebao"
    with workflow.open_store(path) as store:
        workflow.import_paths(store, sorted(samples().glob("jichuan-*.txt")), Progress())
        workflow.check_all(store, Progress())
        assert queries.unchecked(store) == []
    with workflow.open_store(path) as store:
        assert queries.unchecked(store) == []
    settings.remember("sure", "99")
    with workflow.open_store(path, read_only=True) as store:
        assert queries.unchecked(store) == []
    with workflow.open_store(path) as store:
        assert len(queries.unchecked(store)) == 3
        workflow.check_reports(store, queries.unchecked(store))
    with workflow.open_store(path) as store:
        assert queries.unchecked(store) == []
    settings.remember("sure", "95")
    with workflow.open_store(path) as store:
        assert len(queries.unchecked(store)) == 3


@pytest.mark.parametrize("damaged", [b"[" * 200_000, b"\xff\xfe{", b"null", b'{"theme": 3}', b""])
def test_settings_that_are_damaged_are_none_and_new_ones_are_kept(damaged):
    config_folder().mkdir(parents=True)
    (config_folder() / "settings.json").write_bytes(damaged)
    assert settings.get("theme") == ""
    settings.remember("theme", "dark")
    settings.remember("last_store", "/报告\udcb1.hebao")
    assert (settings.get("theme"), settings.get("last_store")) == ("dark", "/报告\udcb1.hebao")


def test_a_last_store_that_nobody_may_look_at_is_passed_over():
    settings.remember("last_store", "/" + "x" * 300)
    assert workflow.store_path(None).name in ("报告库.hebao", "reports.hebao")
