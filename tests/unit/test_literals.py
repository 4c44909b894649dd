"""What people read comes out of the catalogue: no sentence stands in the code of the window or the command line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import text

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted(path for part in ("ui", "cli") for path in (ROOT / "desktop" / part).rglob("*.py"))
CHINESE = re.compile("[㐀-鿿]")
WORDS = re.compile(r"[A-Za-z]{2,}")
# What shows the words it is given to a person.
SHOWING = {
    "setText", "setPlainText", "setHtml", "setTitle", "setWindowTitle", "setToolTip", "setStatusTip", "setWhatsThis",
    "setPlaceholderText", "setAccessibleName", "setAccessibleDescription", "setSuffix", "setPrefix", "addItem",
    "addButton", "addTab", "addAction", "addMenu", "setInformativeText", "setDetailedText", "showMessage", "tell",
    "print", "QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction",
}  # fmt: skip
# A language's own name, and what numbers are written with.
NO_WORDS = re.compile("中文|[0-9０-９.,，约超近逾多余 〇零一二两三四五六七八九十百千万亿]+")


def called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def literals(node: ast.expr) -> Iterator[str]:
    """Yield the words that an expression shows as they stand: not those that name a sentence, a part or a place."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from (word for part in node.values if isinstance(part, ast.Constant) for word in literals(part))
    elif isinstance(node, ast.BinOp):
        yield from literals(node.left)
        yield from literals(node.right)
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_word_that_is_shown_stands_in_the_code(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documented:
            found += [node.value] if CHINESE.search(node.value) and not NO_WORDS.fullmatch(node.value) else []
        if isinstance(node, ast.Call) and called(node) in SHOWING:
            shown = (word for argument in node.args[:2] for word in literals(argument))
            found += [word for word in shown if WORDS.search(re.sub(r"<[^>]*>|&\w+;", "", word))]
    assert not found


def test_both_catalogues_have_the_same_sentences_and_no_field_of_one_is_unknown_to_the_other():
    chinese, english = text.sentences("zh"), text.sentences("en")
    assert set(chinese) == set(english)
    fields = re.compile(r"\{(\w+)")
    differing = [
        key for key in chinese if set(fields.findall(chinese[key])) - {"n"} != set(fields.findall(english[key])) - {"n"}
    ]
    assert not differing


def test_chinese_sentences_use_chinese_marks_and_no_word_has_two_names():
    """Words that reviewers would meet under two names: the one that stands, the other that must not."""
    said = text.sentences("zh")
    # They are: 核验页, 批注, 批注, 剔除, 自定指标, 核验, 核验员.
    other = ("核验台", "备注", "评论", "驳回", "自定义指标", "编码", "用户")
    assert not [(key, word) for key, sentence in said.items() for word in other if word in sentence]
    half = re.compile(r"[㐀-鿿][,;?!](?:\s|$|[㐀-鿿])|[㐀-鿿]\.(?:$|[㐀-鿿])|\(\s*[㐀-鿿]")
    assert not [key for key, sentence in said.items() if half.search(sentence)]
