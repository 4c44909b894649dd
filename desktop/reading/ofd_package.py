"""The parts of an OFD package, and the pages that they make."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from desktop.errors import UserError
from desktop.reading import limits, markup, zips
from desktop.reading.markup import children, first
from desktop.reading.ofd_page import Leaf, Shared, Size, leaf, said, size_of

A4 = (0.0, 0.0, 210.0, 297.0)  # millimetres
CHINESE = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']gb[\w-]*[\"'][^>]*\?>", re.IGNORECASE)


class Body(NamedTuple):
    """One of the documents in a package: its main part, its page, its templates by their numbers, what pages share."""

    path: str
    root: Element
    size: Size
    templates: dict[str, str]
    shared: Shared


class Package:
    """The parts of one file, found by their paths, however their program wrote these."""

    def __init__(self, name: str, archive: zipfile.ZipFile) -> None:
        self.name, self.archive = name, archive
        self._parts = {_normal(zips.name_of(info)): info for info in archive.infolist() if info.filename}

    def find(self, base: str, told: str | None) -> str | None:
        """Return the path of what a part names: from the part's folder, else from the root; None where it is not."""
        if not told or not told.strip():
            return None
        beside = posixpath.join(posixpath.dirname(base), told.strip().replace("\\", "/"))
        return next((path for path in (_normal(beside), _normal(told)) if path in self._parts), None)

    def named(self, base: str, told: str | None) -> str:
        """Return the path of a part that must be there; UserError where it is not."""
        path = self.find(base, told)
        if path is None:
            raise UserError("source_damaged", name=self.name)
        return path

    def read(self, path: str, most: int) -> bytes:
        """Return the bytes of a part."""
        return zips.content(f"{self.name}/{path}", self.archive, self._parts[path], most)

    def parse(self, path: str) -> Element:
        """Return the root of a part, which its program may have written in a Chinese encoding."""
        data = self.read(path, limits.PART_BYTES)
        if found := CHINESE.match(data):
            data = data[found.end() :].decode("gb18030", "replace").encode()
        try:
            return markup.parse(self.name, data)
        except UserError as error:
            if error.message_id == "source_damaged" and any("encrypt" in part for part in self._parts):
                raise UserError("source_locked", name=self.name) from None
            raise


def _normal(path: str) -> str:
    return posixpath.normpath("/" + path.strip().replace("\\", "/").lstrip("/")).lower()


def leaves(package: Package) -> Iterator[Leaf]:
    """Yield the pages of all documents in the package."""
    entry = package.find("", "OFD.xml")
    if entry is None:
        raise UserError("source_damaged", name=package.name)
    pages: list[tuple[Body, str]] = []
    for document in children(package.parse(entry), "DocBody"):
        body = _body(package, package.named(entry, said(document, "DocRoot")))
        listed = children(first(body.root, "Pages"), "Page")
        pages += [(body, package.named(body.path, page.get("BaseLoc"))) for page in listed]
    if not pages:
        raise UserError("source_damaged", name=package.name)
    if len(pages) > limits.PAGES:
        raise UserError("source_too_many_pages", name=package.name, pages=len(pages), most=limits.PAGES)
    left = limits.CHARACTERS
    for body, path in pages:
        found = _leaf(package, body, path, left)
        left -= len(found.sheet.glyphs)
        yield found


def _body(package: Package, path: str) -> Body:
    root = package.parse(path)
    common = first(root, "CommonData")
    templates = {
        template.get("ID", ""): found
        for template in children(common, "TemplatePage")
        if (found := package.find(path, template.get("BaseLoc")))
    }
    shared = [*children(common, "PublicRes"), *children(common, "DocumentRes")]
    size = size_of(said(first(common, "PageArea"), "PhysicalBox")) or A4
    return Body(path, root, size, templates, _resources(package, path, shared))


def _resources(package: Package, base: str, named: Iterable[Element]) -> Shared:
    """Return what some parts define for pages to refer to."""
    units: dict[str, Element] = {}
    pictures: dict[str, str] = {}
    for resource in named:
        path = package.find(base, resource.text)
        if path is None:
            continue
        root = package.parse(path)
        folder = posixpath.join(posixpath.dirname(path), (root.get("BaseLoc") or "").replace("\\", "/"), "part")
        for unit in children(first(root, "CompositeGraphicUnits"), "CompositeGraphicUnit"):
            units[unit.get("ID", "")] = unit
        for media in children(first(root, "MultiMedias"), "MultiMedia"):
            file = said(media, "MediaFile")
            found = package.find(folder, file) or package.find(path, file)
            if media.get("Type", "").lower() == "image" and found:
                pictures[media.get("ID", "")] = found
    return Shared(units, pictures)


def _leaf(package: Package, body: Body, path: str, most: int) -> Leaf:
    """Return one page, what it has of its templates under it, of at most so many characters."""
    root = package.parse(path)
    own, shared = _resources(package, path, children(root, "PageRes")), body.shared
    size = size_of(said(first(root, "Area"), "PhysicalBox")) or body.size
    layers = children(first(root, "Content"), "Layer")
    for used in children(root, "Template"):
        if template := body.templates.get(used.get("TemplateID", "")):
            layers = [*children(first(package.parse(template), "Content"), "Layer"), *layers]
    known = Shared({**shared.units, **own.units}, {**shared.pictures, **own.pictures})
    return leaf(package.name, layers, size, known, most)
