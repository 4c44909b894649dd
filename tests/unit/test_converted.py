"""The sample reports as files of every format: what is read from each is what they were made from."""

import functools
import shutil
import subprocess

import pytest

from desktop import districts, indicators, paths, reading
from tests.converting import blocks_of, writers
from tests.converting.measuring import distance, measure, wrong
from tests.converting.rtf import WAYS
from tests.scoring import read_folder

OCR = {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"}
TEXTS = sorted(set(writers()) - OCR)


@functools.cache
def known():
    return indicators.load(), districts.load()


def samples():
    """Return every second sample, of every district; `python -m tests.bench.formats` reads all, scans too."""
    return list(read_folder(paths.samples()))[::2]


@pytest.mark.parametrize("ending", TEXTS)
def test_samples_of_every_format_read_as_their_texts(ending):
    def read(name, text):
        return reading.read(name + ending, writers()[ending](blocks_of(text)))

    found = measure(samples(), read, *known())
    assert found.wrong == 0
    assert abs(found.cells - found.cells_of_text) <= 0.01


@pytest.mark.parametrize("way", WAYS)
def test_rich_text_reads_the_same_however_its_characters_are_written(way):
    for name, text, _ in samples():
        document = reading.read(name + ".rtf", writers()[".rtf"](blocks_of(text), way=WAYS[way]))
        assert wrong(document.text, text)[0] == 0


@pytest.mark.parametrize("ending", TEXTS)
def test_tables_keep_the_order_of_their_cells(ending):
    table = [["指标", "2023年", "2024年"], ["行政复议（件）", "151", "140"], ["行政诉讼（件）", "23", "18"]]
    before = "梧澜县2024年收到行政复议申请的情况见下表，其中以行政处罚引起的最多，其次是政府信息公开。"
    data = writers()[ending]([before, table, "以上数字由梧澜县司法局提供，截止日期为2024年12月31日，与公开数字一致。"])
    text = reading.read("表" + ending, data).text
    assert "\n".join("\t".join(row) for row in table) in text.replace("\n\n", "\n")


@pytest.mark.parametrize(("source", "ending"), [("docx", "doc"), ("docx", "rtf"), ("rtf", "docx")])
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice to make the files")
def test_files_that_libreoffice_makes(source, ending, tmp_path):
    reports = samples()[::2]
    for name, text, _ in reports:
        (tmp_path / f"{name}.{source}").write_bytes(writers()[f".{source}"](blocks_of(text)))
    command = [
        "soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", ending,
        "--outdir", str(tmp_path / "made"), *(str(path) for path in tmp_path.glob(f"*.{source}")),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    def read(name, _):
        return reading.read(f"{name}.{ending}", (tmp_path / "made" / f"{name}.{ending}").read_bytes())

    found = measure(reports, read, *known())
    assert found.wrong == 0
    assert abs(found.cells - found.cells_of_text) <= 0.01


def test_distance_counts_what_must_change():
    assert distance("行政复议15件", "行政复议151件") == 1
    assert distance("", "三件") == 2
    assert distance("诉讼", "复议") == 2
    assert wrong("一、\n— 3 —\n二、", "一、二、") == (0, 4)
