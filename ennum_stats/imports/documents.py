"""The document of a row: known by its code, or a new row of sources.csv."""

from __future__ import annotations

from ennum_stats.errors import message
from ennum_stats.imports.converting import Filled
from ennum_stats.imports.forms import DOCUMENT_KEYS
from ennum_stats.imports.merging import KnownRows, require_same
from ennum_stats.imports.names import fold
from ennum_stats.imports.plan import NewRow
from ennum_stats.imports.printed import CellRefused
from ennum_stats.raw.tables import TABLE_BY_NAME

_REQUIRED = ("title", "publisher", "kind", "retrieved_on")
_SOURCES = TABLE_BY_NAME["sources"]


def document(filled: Filled, known: KnownRows) -> tuple[str, list[NewRow]]:
    """The code of a row's document, and its row of sources.csv where it is not there yet.

    Without a code, a document is named after its publisher and its day. Raises `CellRefused` where it is
    unknown and not told, or known as something else.
    """
    given = filled.given(*DOCUMENT_KEYS)
    source_id = given.get("source_id") or _code(filled)
    values = dict.fromkeys(_SOURCES.column_names, "") | given | {"source_id": source_id}
    row = NewRow("sources", _SOURCES.path, values, filled.row)
    existing = known.get("sources", source_id)
    if existing is not None:
        require_same(row, existing, [name for name in DOCUMENT_KEYS if name in given])
        return source_id, []
    for name in _REQUIRED:
        if name not in given:
            raise CellRefused(
                name,
                message(
                    "The document “{code}” is not known yet: fill in this cell.", code=source_id
                ),
            )
    return source_id, [row]


def _code(filled: Filled) -> str:
    publisher, read_on = filled.text("publisher"), filled.text("retrieved_on")
    when = filled.text("published_on") or (f"lu-{read_on}" if read_on else "")
    if not publisher or not when:
        raise CellRefused(
            "source_id",
            message(
                "Which document says so? Give its code, or its title, publisher, kind and days."
            ),
        )
    return f"{fold(publisher).replace(' ', '-')}-{when}"
