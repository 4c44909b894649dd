"""Word files from 2007 on (.docx): a zip of XML parts, read without Word and without a library.

Zip and XML come with Python, and what a library would add (the way from part to part) is a dozen lines; what it would
take away is the bounds on what a part unpacks to.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable
from xml.etree.ElementTree import Element

from desktop.errors import UserError
from desktop.model import Document
from desktop.reading import limits, reader, sha256, zips
from desktop.reading.layout import Block, text_of
from desktop.reading.markup import attribute, children, local, parse
from desktop.reading.numbering import read_numbering
from desktop.reading.wordml import Walk

MAIN = "word/document.xml"
Part = Callable[[str], Element | None]


@reader(".docx", ".docm", ".dotx")
def read_docx(name: str, data: bytes) -> Document:
    """Return the body of a Word file with its notes behind it; UserError where the file is damaged or made to harm.

    What office systems fill in from a template is often the same in one XML file, with the ending .doc.
    """
    if data.startswith(b"PK"):
        with zips.packaged(name, data) as archive:
            blocks = _blocks(name, _zipped(name, archive))
    else:
        blocks = _blocks_of_one(name, parse(name, data))
    return Document(name=name, reader="docx", source_sha256=sha256(data), text=text_of(blocks))


def _zipped(name: str, archive: zipfile.ZipFile) -> Part:
    """Return what finds the root of a part of a zip by its path."""
    # Some programs write the names of parts with a backslash, and Windows does not tell A from a.
    entries = {zips.name_of(info).replace("\\", "/").lower(): info for info in archive.infolist()}

    def part(path: str) -> Element | None:
        info = entries.get(path.lstrip("/").lower())
        return None if info is None else parse(name, zips.content(name, archive, info, limits.PART_BYTES))

    return part


def _blocks_of_one(name: str, root: Element) -> list[Block]:
    """Return the blocks of a file that is one XML: the parts of a package one after another, or Word's XML of 2003."""
    if local(root.tag) != "package":
        walk = Walk(read_numbering(None, None))
        return [block for body in children(root, "body") for block in walk.blocks(body)]
    parts = {
        (attribute(part, "name") or "").lstrip("/").lower(): content
        for part in root
        for wrapped in children(part, "xmlData")
        for content in list(wrapped)[:1]
    }
    return _blocks(name, lambda path: parts.get(path.lstrip("/").lower()))


def _blocks(name: str, part: Part) -> list[Block]:
    """Return all blocks of the body and, behind them, of the notes that it names."""
    main = _related(part, "", "officeDocument").get("officeDocument", MAIN)
    document = part(main)
    if document is None:
        raise UserError("source_damaged", name=name)
    beside = _related(part, main, "numbering", "styles", "footnotes", "endnotes")
    roots = {kind: part(path) for kind, path in beside.items() if not kind.endswith("notes")}
    walk = Walk(read_numbering(roots.get("numbering"), roots.get("styles")))
    found = [block for body in document for block in walk.blocks(body)]
    notes: dict[tuple[str, str], Element] = {}
    for kind in dict.fromkeys(kind for kind, _ in walk.notes):
        root = part(beside.get(f"{kind}s", ""))
        notes |= {(kind, attribute(note, "id") or ""): note for note in (root if root is not None else ())}
    for note in list(dict.fromkeys(walk.notes)):
        found += walk.blocks(notes[note]) if note in notes else []
    return found


def _related(part: Part, path: str, *kinds: str) -> dict[str, str]:
    """Return kind -> path of the parts that a part ("" for the file itself) names as related to it."""
    folder, own = posixpath.split(path)
    relations = part(posixpath.join(folder, "_rels", f"{own}.rels"))
    found: dict[str, str] = {}
    for relation in relations if relations is not None else ():
        kind = (attribute(relation, "Type") or "").rpartition("/")[2]
        if kind in kinds and attribute(relation, "TargetMode") != "External":
            target = (attribute(relation, "Target") or "").replace("\\", "/")
            found.setdefault(kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
    return found
