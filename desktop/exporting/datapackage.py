"""A Frictionless data package: one zip with datapackage.json, the table and its companions as CSV."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from desktop.exporting import exporter
from desktop.exporting.tables import TYPES, Table
from desktop.files import write_csv
from desktop.text import language

WRITTEN_AT = (2000, 1, 1, 0, 0, 0)  # a fixed date: the same cells make the same bytes


@exporter("datapackage", ".zip")
def write_datapackage(table: Table, to: Path) -> list[Path]:
    """Write NAME.zip, whose datapackage.json says what each column of each table holds and means."""
    with TemporaryDirectory(dir=to.parent) as folder:
        made = Path(folder)
        write_csv(made / "cells.csv", table.heads, table.rows(), encoding="utf-8")
        resources = [_resource(made / "cells.csv", table, table.heads)]
        for companion in table.companions():
            path = made / f"{companion.name}.csv"
            write_csv(path, companion.heads, companion.rows, encoding="utf-8")
            resources.append(_resource(path, table, companion.heads))
        package = {"name": "hebao-cells", "profile": "tabular-data-package", "resources": resources}
        (made / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=1), encoding="utf-8")
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in (made / "datapackage.json", *(made / resource["path"] for resource in resources)):
                entry = zipfile.ZipInfo(path.name, WRITTEN_AT)
                entry.compress_type = zipfile.ZIP_DEFLATED
                with path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
                    while block := source.read(1 << 20):
                        target.write(block)
    return [to]


def _resource(path: Path, table: Table, heads: Sequence[str]) -> dict[str, Any]:
    cells = path.stem == "cells"
    fields = [
        {
            "name": head,
            "type": (table.type_of(head) if cells else TYPES.get(head, "text")).replace("text", "string"),
            **({"title": table.label(head)} if cells else {}),
            **({"description": table.catalogue[head].meaning(language())} if cells and head in table.catalogue else {}),
        }
        for head in heads
    ]
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    schema: dict[str, Any] = {"fields": fields}
    if cells and not table.wide:
        schema["primaryKey"] = ["source_sha256", "indicator"]
    return {
        "name": path.stem, "path": path.name, "profile": "tabular-data-resource", "format": "csv", "encoding": "utf-8",
        "hash": f"sha256:{digest}", "bytes": path.stat().st_size, "schema": schema,
    }  # fmt: skip
