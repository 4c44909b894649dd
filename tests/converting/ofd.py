"""OFD (GB/T 33190): a zip of XML, each line of text an object with its own box and matrix."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from tests.converting import Block, writer
from tests.converting.setting import HEIGHT, WIDTH, Sheet, Words, pages

MM = 25.4 / 72
NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
AREA = f"<ofd:PhysicalBox>0 0 {WIDTH * MM:.4f} {HEIGHT * MM:.4f}</ofd:PhysicalBox>"


@writer(".ofd")
def write(blocks: Sequence[Block]) -> bytes:
    """Return the pages as they are set (tests.converting.setting)."""
    return package(parts(pages(blocks)))


def package(parts: Mapping[str, bytes | str]) -> bytes:
    """Return parts as a zip."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def parts(sheets: Sequence[Sheet], pictures: Mapping[str, bytes] | None = None) -> dict[str, bytes | str]:
    """Return the parts of a package; a page without words shows the picture of its number."""
    listed = "".join(f'<ofd:Page ID="{k + 1}" BaseLoc="Pages/Page_{k}/Content.xml"/>' for k in range(len(sheets)))
    media = "".join(
        f'<ofd:MultiMedia ID="{9000 + k}" Type="Image"><ofd:MediaFile>{name}</ofd:MediaFile></ofd:MultiMedia>'
        for k, name in enumerate(pictures or {})
    )
    made: dict[str, bytes | str] = {
        "OFD.xml": f"{HEAD}<ofd:OFD {NAMES} Version='1.0'><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"{HEAD}<ofd:Document {NAMES}><ofd:CommonData><ofd:PageArea>{AREA}</ofd:PageArea>"
        f"<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>"
        "</ofd:Document>",
        "Doc_0/DocumentRes.xml": f'{HEAD}<ofd:Res {NAMES} BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias>'
        "</ofd:Res>",
    }
    for k, sheet in enumerate(sheets):
        content = "".join([*map(_text, sheet.words), *map(_line, sheet.lines)]) or (
            f'<ofd:ImageObject ID="5" Boundary="0 0 {WIDTH * MM:.4f} {HEIGHT * MM:.4f}" ResourceID="{9000 + k}"/>'
        )
        made[f"Doc_0/Pages/Page_{k}/Content.xml"] = (
            f'{HEAD}<ofd:Page {NAMES}><ofd:Content><ofd:Layer ID="2">{content}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    return made | {f"Doc_0/Res/{name}": data for name, data in (pictures or {}).items()}


def _text(words: Words) -> str:
    """Return a text object: its box round the line, its size half, its matrix twice as large."""
    steps = words.widths
    left, top, high = words.x * MM, (words.y - words.size) * MM, 1.4 * words.size * MM
    said = [f"{step * MM / 2:.5f}" for step in steps[:-1]]
    return (
        f'<ofd:TextObject ID="3" Boundary="{left:.5f} {top:.5f} {sum(steps) * MM:.5f} {high:.5f}" Font="1" '
        f'Size="{words.size * MM / 2:.5f}" CTM="2 0 0 2 0 0"><ofd:TextCode X="0" Y="{words.size * MM / 2:.5f}" '
        f'DeltaX="{_repeated(said)}">{escape(words.text)}</ofd:TextCode></ofd:TextObject>'
    )


def _repeated(steps: Sequence[str]) -> str:
    """Return distances with those that repeat said once, as `g 3 4.5`."""
    said, at = [], 0
    while at < len(steps):
        n = next((k for k in range(at, len(steps)) if steps[k] != steps[at]), len(steps)) - at
        said.append(f"g {n} {steps[at]}" if n > 2 else " ".join(steps[at : at + n]))
        at += n
    return " ".join(said)


def _line(line: tuple[float, float, float, float]) -> str:
    left, top, right, bottom = (side * MM for side in line)
    across, down = right - left, bottom - top
    return (
        f'<ofd:PathObject ID="4" Boundary="{left:.4f} {top:.4f} {max(across, 0.1):.4f} {max(down, 0.1):.4f}" '
        f'LineWidth="0.3"><ofd:AbbreviatedData>M 0 0 L {across:.4f} {down:.4f}</ofd:AbbreviatedData></ofd:PathObject>'
    )
