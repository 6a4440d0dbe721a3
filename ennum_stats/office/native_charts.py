"""Read a chart that Word draws in a file, and put today's numbers in it.

One that nobody touched is replaced whole. Where a person changed how it looks, its numbers and words are
those that were written, in another part: then it is merged with today's, and the look stays.
"""

from __future__ import annotations

from collections.abc import Callable

from ennum_stats.charts.catalogue import CHARTS
from ennum_stats.charts.spec import Chart
from ennum_stats.document.control import Written, fingerprint_of_bytes
from ennum_stats.document.word_markup import CHART_TYPE, CHART_URI, WORKBOOK_TYPE
from ennum_stats.drawing.office.native import WORKBOOK, NativeChart, is_native, native_charts
from ennum_stats.kit.edition import Edition
from ennum_stats.office.chart_merge import merged_chart, number, parsed
from ennum_stats.office.drawn import declared
from ennum_stats.office.markup import A, R
from ennum_stats.office.package import Package
from ennum_stats.office.pictures import tell
from ennum_stats.office.word_file import Control
from ennum_stats.store.ledger import Ledger

_TOLD = (f"{{{CHART_URI}}}v", f"{{{A}}}t")
"""Where a chart holds its numbers and its words."""


def native_of(package: Package, control: Control) -> bytes | None:
    """Read the chart that Word draws in a control; nothing where there is none."""
    name = _part_of(package, control)
    return package.parts.get(name) if name else None


def _part_of(package: Package, control: Control) -> str | None:
    chart = next(control.content.iter(f"{{{CHART_URI}}}chart"), None)
    return None if chart is None else package.target(control.part, chart.get(f"{{{R}}}id", ""))


def _in_text(chart: Chart) -> NativeChart:
    return next(native_charts([chart]))


def as_written(
    there: bytes, written: Written, ledger: Ledger, draw: Callable[[Chart], NativeChart] = _in_text
) -> bytes | None:
    """Give a chart as it was written, where it still holds those numbers and words, whatever it looks like;
    nothing where a person changed them. `draw` is what draws it as it was."""
    if fingerprint_of_bytes(there) == written.fingerprint:
        return there
    then = Edition(ledger.known_on(written.known_at), written.language)
    chart = declared(then, written.name) if written.name in CHARTS else None
    if chart is None or not is_native(chart):
        return None
    before = draw(chart)
    return before.xml if says_the_same(there, before.xml) else None


def says_the_same(chart: bytes, other: bytes) -> bool:
    """Tell whether two charts hold the same numbers and words, whatever they look like."""
    return _values(chart) == _values(other)


def put_native(
    package: Package, control: Control, native: NativeChart, ledger: Ledger, before: str, alt: str
) -> bool:
    """Put a chart and its workbook in the place of those of a control; one that a person gave another look
    keeps it. Tell whether it could be done."""
    name = _part_of(package, control)
    assert name is not None
    there = package.parts[name]
    written = as_written(there, control.written, ledger)
    if written is None:
        return False
    data = native.xml if written == there else merged_chart(written, there, native.xml)
    if data is None:
        return False
    package.parts[name] = data
    for workbook in package.related(name, "package"):
        package.parts[workbook] = native.workbook
    tell(control.content, before, alt)
    return True


def add_native(package: Package, native: NativeChart, folder: str) -> str:
    """Add the part of a chart and its workbook to a folder of a file; return the name of the part."""
    name = package.free_name(f"{folder}/charts/chart%d.xml")
    package.add(name, native.xml, CHART_TYPE)
    workbook = package.free_name(f"{folder}/embeddings/chart%d.xlsx")
    package.add(workbook, native.workbook, WORKBOOK_TYPE)
    package.relate(name, "package", workbook, WORKBOOK)
    return name


def _values(chart: bytes) -> list[float | str]:
    return [number(element.text or "") for element in parsed(chart).iter(*_TOLD)]
