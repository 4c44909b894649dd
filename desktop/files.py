"""Files that leave Hebao: whole or not at all, and CSV as Excel opens it right."""

from __future__ import annotations

import contextlib
import csv
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from desktop.errors import UserError

# A cell that begins so is taken for a formula; ' before it is what Excel itself uses to mark text.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


@contextlib.contextmanager
def whole(to: Path) -> Iterator[Path]:
    """Yield a path under which to write the file `to`, and files beside it; all are moved into place at the end.

    Where the block raises, what was there before stays as it was. UserError says what cannot be written.
    """
    try:
        if to.is_dir():
            raise UserError("file_is_folder", path=to)
        to.parent.mkdir(parents=True, exist_ok=True)
        # Beside the target, hence on the same disk, where a file is moved in one step.
        folder = Path(tempfile.mkdtemp(prefix=".hebao-", dir=to.parent))
        try:
            yield folder / to.name
            for made in sorted(folder.iterdir(), key=lambda path: path.name == to.name):
                made.replace(to.with_name(made.name))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise UserError("file_not_written", path=to, why=error) from None


def write_csv(
    to: Path,
    heads: Sequence[str],
    rows: Iterable[Sequence[str | int | float | None]],
    *,
    encoding: str = "utf-8-sig",
) -> None:
    """Write UTF-8 with BOM and CR LF; ' goes before a text that begins like a formula, numbers stay as they are."""
    with to.open("w", encoding=encoding, errors="replace", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(heads)
        for row in rows:
            writer.writerow([f"'{v}" if isinstance(v, str) and v.startswith(FORMULA) else v for v in row])
