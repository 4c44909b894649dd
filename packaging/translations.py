"""Compile resources/translations/*/LC_MESSAGES/hebao.po to the .mo files that the program reads."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).resolve().parent.parent / "resources" / "translations"


def compiled(po: Path) -> bytes:
    """Return the .mo file of one .po file, as bytes."""
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parent.parent.name)
    # What is not in the .po would be the moment of compiling, and the same sentences would make other bytes.
    catalogue.creation_date = catalogue.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    target = io.BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def main() -> None:
    """Write every .mo beside its .po."""
    for po in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/hebao.po")):
        po.with_suffix(".mo").write_bytes(compiled(po))


if __name__ == "__main__":
    main()
