"""Write what analysts' methods of the measures are, from their declarations: names, dimensions, options, words.

`python -m tools.store_methods` writes `measures/frames/names.py` and `measures/frames/measured.py`; a test fails
where they are not what the measures declare. They are written, not made as the program runs, so that editors and
mypy know every method, and opening a store imports no measure.
"""

from __future__ import annotations

import inspect
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

from ennum_stats.measures import frames
from ennum_stats.measures.catalogue import TABLES
from ennum_stats.measures.columns import VALUE, Column, columns_of
from ennum_stats.measures.measure import MeasureDefinition
from ennum_stats.measures.prices import NOMINAL

NAMES = Path(frames.__path__[0]) / "names.py"
METHODS = NAMES.with_name("measured.py")
_GENERATED = "Generated from the measures by `python -m tools.store_methods`: do not edit."
_EMPTY = {"str": '""', "Sequence[str]": "()"}
_FORM = {"shape": ("Shape", '"wide"'), "labels": ("Labels | None", "None"), "provenance": ("bool", "False")}


def names() -> str:
    """Write the names and dimensions of the measures as types."""
    lines = [
        f'"""The names of the measures, and the dimensions of each, for editors and mypy.\n\n{_GENERATED}\n"""\n',
        "from __future__ import annotations\n",
        "from typing import Literal, TypeAlias, get_args\n",
        f"MeasureName: TypeAlias = {_literal(TABLES)}",
        "MEASURE_NAMES: tuple[str, ...] = get_args(MeasureName)",
    ]
    lines += [f"{_by(one)}: TypeAlias = {_literal(one.by)}" for one in TABLES.values() if len(one.by) > 1]
    return _formatted("\n".join(lines))


def methods() -> str:
    """Write the methods of the measures."""
    kinds = ", ".join(sorted(_by(one) for one in TABLES.values() if len(one.by) > 1))
    head = f'''"""The measures as methods of an opened store, each giving a typed table with its bounds.

{_GENERATED}
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic

from ennum_stats.files.boundary import translated_errors
from ennum_stats.measures.frames.base import FrameT, TableStore
from ennum_stats.measures.frames.names import {kinds}
from ennum_stats.measures.prices import NOMINAL

if TYPE_CHECKING:
    from ennum_stats.measures.frames.shapes import Labels, Shape
    from ennum_stats.store.school_rows import Within


@dataclass(frozen=True)
class Measured(TableStore[FrameT], Generic[FrameT]):
    """Hold a ledger whose measures are asked by name: `store.winners()`.

    Every table takes `shape` ("wide": one column a number, with `_lower` and `_upper`; "long": one row a
    number), `labels` (a language: adds a column of names beside each code) and `provenance` (adds the
    documents and published numbers behind each row). `by` is one dimension, or two.
    """
'''
    return _formatted(head + "".join(_method(one) for one in TABLES.values()))


def _method(measure: MeasureDefinition) -> str:
    """Write the method of a measure: its dimensions and options as they are asked, then the form of a table."""
    options = (*measure.analysts_options, *measure.options)
    declared = inspect.signature(measure.rows).parameters
    taken = {name: _option(declared[name]) for name in options} | _FORM
    by = f'by: {_by(measure)} | Sequence[{_by(measure)}] = "{measure.by[0]}", ' if len(measure.by) > 1 else ""
    signature = ", ".join(f"{name}: {kind} = {default}" for name, (kind, default) in taken.items())
    given = "".join(f", {name}={name}" for name in options)
    many = "  # noqa: PLR0913 - each is an option of its own" if len(taken) > 8 else ""
    doc = textwrap.indent("\n\n".join(_documentation(measure)), " " * 8).lstrip()
    return f'''
    @translated_errors()
    def {measure.name}({many}
        self, {by}*, {signature},
    ) -> FrameT:
        """{doc}
        """
        form = self._wanted(shape, labels, provenance)
        return self._table("{measure.name}", {"by" if by else repr(measure.by[0])}, form{given})
'''


def _option(declared: inspect.Parameter) -> tuple[str, str]:
    """Give the type of an option, as the function of the measure declares it, and what leaves it out."""
    kind = str(declared.annotation)
    return kind, "NOMINAL" if declared.default == NOMINAL else _EMPTY.get(kind, "None")


def _documentation(measure: MeasureDefinition) -> Iterator[str]:
    """Give the paragraphs on a measure, with its columns before what it raises and how it is asked."""
    written = (inspect.getdoc(measure.rows) or "").split("\n\n")
    last = [one for one in written if one.startswith(("Raises", ">>>"))]
    yield from (one for one in written if one not in last)
    for row_type, by in measure.row_types.items():
        given = f" by {', '.join(f'`{one}`' for one in by)}" if len(measure.row_types) > 1 else ""
        yield textwrap.fill(
            f"Columns{given}: {columns(row_type)}.", 100, break_long_words=False, break_on_hyphens=False
        )
    yield from last


def columns(row_type: type) -> str:
    """List the columns of rows, numbers with their units."""
    every = columns_of(row_type)
    is_one_number = [name for name, one in every.items() if one.is_answer] == [VALUE]
    keys = [
        "those of `by`" if name == "part" else f"`{name}`{_note(one)}"
        for name, one in every.items()
        if not one.is_answer and name != "across"
    ]
    numbers = [f"`{name}`{_note(one)}" for name, one in every.items() if one.is_answer]
    ends = "`lower`, `upper`, `unit`, `precision`" if is_one_number else "each with `_lower` and `_upper`"
    return ", ".join([*keys, *numbers, ends, "`status`, `missing_reason`"])


def _note(column: Column) -> str:
    told = "; ".join(filter(None, (column.unit, column.note)))
    return f" ({told})" if told else ""


def _by(measure: MeasureDefinition) -> str:
    """Name the type of its dimensions."""
    return "".join(part.capitalize() for part in measure.name.split("_")) + "By"


def _literal(codes: object) -> str:
    assert isinstance(codes, dict | tuple)
    return f"Literal[{', '.join(f'{code!r}' for code in codes)}]"


def _formatted(text: str) -> str:
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(METHODS), "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    for path, text in ((NAMES, names()), (METHODS, methods())):
        path.write_text(text, encoding="utf-8", newline="\n")
