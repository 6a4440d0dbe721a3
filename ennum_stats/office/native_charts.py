"""Read a chart that Word draws in a file, and put today's numbers in it.

One that nobody touched is replaced whole. Where a person changed how it looks, its numbers and words are
those that were written, in another part: then today's are put in their places, and the look stays.
"""

from __future__ import annotations

from ennum_stats.charts.catalogue import CHARTS
from ennum_stats.charts.native import NativeChart, is_native, native_charts
from ennum_stats.kit.control import Written, fingerprint_of_bytes
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.word_charts import CHART_URI
from ennum_stats.office.drawn import declared
from ennum_stats.office.markup import A, R
from ennum_stats.office.package import Element, Package
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


def is_ours(there: bytes, written: Written, ledger: Ledger) -> bool:
    """Tell whether a chart still holds the numbers and words that were written, whatever it looks like."""
    if fingerprint_of_bytes(there) == written.fingerprint:
        return True
    then = Edition(ledger.known_on(written.known_at), written.language)
    made = declared(then, written.name) if written.name in CHARTS else None
    if made is None or not is_native(made):
        return False
    (before,) = native_charts([made])
    return _told(_tree(there)) == _told(_tree(before.xml))


def put_native(
    package: Package, control: Control, made: NativeChart, before: str, alt: str
) -> bool:
    """Put a chart and its workbook in the place of those of a control; of one that a person gave another look
    the numbers and words alone, where it has as many. Tell whether it could be done."""
    name = _part_of(package, control)
    assert name is not None
    there = package.parts[name]
    data: bytes | None = made.xml
    if fingerprint_of_bytes(there) != control.written.fingerprint:
        data = _with_words_of(there, made.xml)
    if data is None:
        return False
    package.parts[name] = data
    for workbook in package.related(name, "package"):
        package.parts[workbook] = made.workbook
    tell(control.content, before, alt)
    return True


def _with_words_of(there: bytes, made: bytes) -> bytes | None:
    from lxml import etree

    tree, today = _tree(there), _tree(made)
    places, words = ([*one.iter(*_TOLD)] for one in (tree, today))
    if [one.tag for one in places] != [one.tag for one in words]:
        return None
    for place, told in zip(places, words, strict=True):
        place.text = told.text
    found: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return found


def _told(tree: Element) -> list[str]:
    return [(one.text or "").strip() for one in tree.iter(*_TOLD)]


def _tree(data: bytes) -> Element:
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
