"""Compile resources/translations/*/LC_MESSAGES/hebao.po to the .mo files that the program reads."""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).resolve().parent.parent / "resources" / "translations"


def compiled(po: Path) -> bytes:
    """Return the .mo file of one .po file, as bytes."""
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parent.parent.name)
    target = io.BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def main() -> None:
    """Write every .mo beside its .po."""
    for po in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/hebao.po")):
        po.with_suffix(".mo").write_bytes(compiled(po))


if __name__ == "__main__":
    main()
