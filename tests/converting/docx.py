"""Word files as offices leave them: changes tracked, lists that Word numbers, a header and page numbers, short runs."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests.converting import Block, writer

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{{0}} xmlns:w="{W}" xmlns:r="{R}">'
PARTS = ("numbering", "styles", "footnotes", "endnotes", "header1", "footer1")
NUMBERED = re.compile("([一二三四五六七八九十]{1,3})、(?=.)")
DIGITS = "一二三四五六七八九"
LISTS = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
DELETED = '<w:del w:id="9" w:author="x"><w:r><w:delText>已删去的旧话99件</w:delText></w:r></w:del>'
FOOT = '<w:p><w:r><w:t>— </w:t></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple></w:p>'


@writer(".docx")
def write(blocks: Sequence[Block]) -> bytes:
    """Return a Word file of the blocks; headings that count on from 一、 get their numbers from Word."""
    body, count = [], 0
    for block in blocks:
        if not isinstance(block, str):
            rows = (
                "".join(f"<w:tc>{''.join(map(paragraph, cell.split(chr(10))))}</w:tc>" for cell in row) for row in block
            )
            body.append("<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")
            continue
        found = NUMBERED.match(block)
        if found and count < 9 and found[1] == DIGITS[count]:
            count += 1
            numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
            body.append(paragraph(block[found.end() :], numbered))
        else:
            body.append(paragraph(block))
    return package(
        "".join(body),
        numbering=LISTS,
        header1="<w:p><w:r><w:t>内部资料 第3期</w:t></w:r></w:p>",
        footer1=FOOT,
    )


def paragraph(text: str, properties: str = "") -> str:
    """Return a paragraph in short runs, every third of them inserted, a deletion at its end."""
    pieces = [text[at : at + 7] for at in range(0, len(text), 7)]
    said = f"<w:p><w:pPr>{properties}</w:pPr>"
    for number, piece in enumerate(pieces):
        one = run(piece)
        said += f'<w:ins w:id="{number}" w:author="x">{one}</w:ins>' if number % 3 == 1 else one
    return said + (DELETED if len(pieces) > 3 else "") + "</w:p>"


def run(text: str) -> str:
    """Return a run of a text, its tabs and line feeds as Word keeps them."""
    inside = "</w:t><w:tab/><w:t>".join(
        "</w:t><w:br/><w:t>".join(map(escape, part.split("\n"))) for part in text.split("\t")
    )
    return f'<w:r><w:t xml:space="preserve">{inside}</w:t></w:r>'.replace("<w:t>", '<w:t xml:space="preserve">')


def package(body: str, **parts: str) -> bytes:
    """Return the zip of a document's body and of the parts beside it, each given by what is inside its root."""
    roots = {"header1": "hdr", "footer1": "ftr"}
    kept = {name: inside for name, inside in parts.items() if name in PARTS}
    relations = "".join(
        f'<Relationship Id="r{k}" Type="{R}/{name.rstrip("1")}" Target="{name}.xml"/>' for k, name in enumerate(kept)
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{_types(("document.main", *kept))}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        "word/document.xml": HEAD.format("document") + f"<w:body>{body}<w:sectPr/></w:body></w:document>",
    }
    for name, inside in kept.items():
        root = roots.get(name, name)
        files[f"word/{name}.xml"] = HEAD.format(root) + inside + f"</w:{root}>"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def _types(names: Sequence[str]) -> str:
    """Return what kind each part is of: other programs than ours refuse a document that does not say."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return "".join(
        f'<Override PartName="/word/{name.partition(".")[0]}.xml" ContentType="{kind}.{name.rstrip("1")}+xml"/>'
        for name in names
    )
