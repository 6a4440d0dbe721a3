"""Bring a chart that a person gave another look to today's numbers: three states of it make one.

As written, as found, as today: the numbers and words are today's, a colour or type that is no longer as it
was written is the person's and stays with its bar, by the bar's name. Whatever else stands in the chart (a
title, a legend, grid lines) stays too.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from ennum_stats.document.word_markup import CHART_URI
from ennum_stats.office.markup import A
from ennum_stats.office.package import Element

_KINDS = ("barChart", "lineChart")
_LOOKS = frozenset(("solidFill", "gradFill", "pattFill", "blipFill", "noFill", "ln", "srgbClr", "schemeClr"))
"""What makes a look; programs write the rest anew when they save."""
_TYPE = ("sz", "b", "i", "u")
_BEFORE_POINTS = ("idx", "order", "tx", "spPr", "invertIfNegative", "pictureOptions", "marker", "dPt")
"""What the schema puts before another point of a series."""


def c(name: str) -> str:
    """Give the full name of an element of charts."""
    return f"{{{CHART_URI}}}{name}"


def merged_chart(written: bytes, edited: bytes, today: bytes) -> bytes | None:
    """Give the chart that was found with today's numbers and words; nothing where a person made it a chart of
    another kind, or its bars lie today and stood."""
    from lxml import etree

    before, there, now = (parsed(data) for data in (written, edited, today))
    groups, old = _groups(there), _groups(before)
    if old.keys() != groups.keys() or len({_directions(tree) for tree in (before, there, now)}) > 1:
        return None
    types, then = _types(there), _types(before)
    changed_types = {bar: run for bar, run in types.items() if _type(run) != _type(then.get(bar))}
    _renew_groups(groups, old, _groups(now))
    _renew_places(before, there, now)
    _keep_types(there, changed_types)
    merged: bytes = etree.tostring(there, xml_declaration=True, encoding="UTF-8", standalone=True)
    return merged


def parsed(data: bytes) -> Element:
    """Read the root of a chart."""
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _groups(tree: Element) -> dict[str, Element]:
    plot = tree.find(f".//{c('plotArea')}")
    return {group.tag: group for group in plot if str(group.tag).endswith("Chart")}


def _directions(tree: Element) -> tuple[str, ...]:
    return tuple(element.get("val", "") for element in tree.iter(c("barDir")))


def _renew_groups(groups: dict[str, Element], old: dict[str, Element], now: dict[str, Element]) -> None:
    """Give each kind of drawing in a chart today's series; a kind that is new comes after the bars."""
    bars = groups[c(_KINDS[0])]
    for tag in groups.keys() - now.keys():
        groups[tag].getparent().remove(groups[tag])
    for tag, fresh in now.items():
        if tag not in groups:
            copied = deepcopy(fresh)
            for axis, ours in zip(copied.iter(c("axId")), bars.iter(c("axId")), strict=True):
                axis.set("val", ours.get("val"))
            bars.addnext(copied)
            continue
        group = groups[tag]
        series = [*_merged_series(group, old[tag], fresh)]
        for element in group.findall(c("ser")):
            group.remove(element)
        place = group.find(c("varyColors" if group.find(c("varyColors")) is not None else "grouping"))
        for element in reversed(series):
            place.addnext(element)
        _stack_as(group, fresh)


def _stack_as(group: Element, fresh: Element) -> None:
    """Put bars beside or on each other as today's are."""
    group.find(c("grouping")).set("val", fresh.find(c("grouping")).get("val"))
    for element in group.findall(c("overlap")):
        group.remove(element)
    overlap = fresh.find(c("overlap"))
    if overlap is not None:
        group.find(c("gapWidth")).addnext(deepcopy(overlap))


def _merged_series(edited: Element, written: Element, today: Element) -> Iterator[Element]:
    """Give today's series of a group, each in the look that a person gave the one of its name, or of its
    place."""
    there, before = edited.findall(c("ser")), written.findall(c("ser"))
    known = {_title(s): pair for s, pair in zip(before, zip(there, before, strict=False), strict=False)}
    fresh = today.findall(c("ser"))
    spare = [pair for title, pair in known.items() if title not in {*map(_title, fresh)}]
    for series in fresh:
        copied = deepcopy(series)
        pair = known.get(_title(series)) or (spare.pop(0) if spare else None)
        if pair:
            _dress(copied, *pair)
        yield copied


def _title(series: Element) -> str:
    return str(series.find(c("tx")).findtext(f".//{c('v')}", ""))


def _dress(series: Element, edited: Element, written: Element) -> None:
    """Give a series and its bars the looks that a person gave them."""
    own = edited.find(c("spPr"))
    if own is not None and _look(own) != _look(written.find(c("spPr"))):
        series.replace(series.find(c("spPr")), deepcopy(own))
    looks, before = _looks(edited), _looks(written)
    for place, name in enumerate(_names(series)):
        look = looks.get(name)
        if look is not None and _look(look) != _look(before.get(name)):
            _paint(series, place, look)


def _names(series: Element) -> list[str]:
    return [element.findtext(c("v"), "") for element in series.find(c("cat")).iter(c("pt"))]


def _looks(series: Element) -> dict[str, Element]:
    """Find the look of each bar: its own, or that of its series."""
    own = {int(e.find(c("idx")).get("val")): e.find(c("spPr")) for e in series.iter(c("dPt"))}
    common = series.find(c("spPr"))
    by_name = {name: own.get(place) for place, name in enumerate(_names(series))}
    return {name: common if look is None else look for name, look in by_name.items()}


def _look(properties: Element | None) -> tuple[tuple[str, str | None], ...]:
    """Give what of a look is seen: fills and lines with their colours."""
    if properties is None:
        return ()
    names = ((str(element.tag).rpartition("}")[2], element) for element in properties.iter(f"{{{A}}}*"))
    return tuple((name, element.get("val") or element.get("w")) for name, element in names if name in _LOOKS)


def _paint(series: Element, place: int, look: Element) -> None:
    """Give one bar of a series a look of its own."""
    points = {int(element.find(c("idx")).get("val")): element for element in series.findall(c("dPt"))}
    point = points.get(place)
    if point is not None:
        for element in point.findall(c("spPr")):
            point.remove(element)
        point.append(deepcopy(look))
        return
    if _look(series.find(c("spPr"))) == _look(look):
        return
    point = series.makeelement(c("dPt"))
    for name, value in (("idx", str(place)), ("invertIfNegative", "0"), ("bubble3D", "0")):
        point.append(point.makeelement(c(name), {"val": value}))
    point.append(deepcopy(look))
    later = [at for at, point in points.items() if at > place]
    if later:
        points[min(later)].addprevious(point)
        return
    before = {c(name) for name in _BEFORE_POINTS}
    [child for child in series if child.tag in before][-1].addnext(point)


def _types(tree: Element) -> dict[tuple[str, int], Element]:
    """Find the type of the words at each bar, of which ranges have two."""
    runs: dict[tuple[str, int], Element] = {}
    for name, label in _labels(tree):
        at = sum(bar == name for bar, _ in runs)
        for run in [*label.iter(f"{{{A}}}rPr")][-1:]:  # an arrow may stand before the words
            runs[name, at] = run
    return runs


def _labels(tree: Element) -> Iterator[tuple[str, Element]]:
    """Give the words of all bars with the names of these."""
    for series in tree.iter(c("ser")):
        names = dict(enumerate(_names(series)))
        for label in series.iter(c("dLbl")):
            yield names.get(int(label.find(c("idx")).get("val")), ""), label


def _keep_types(tree: Element, types: dict[tuple[str, int], Element]) -> None:
    """Set words in the type that a person gave those at the same end of their bar."""
    for bar, run in _types(tree).items():
        if bar in types:
            run.getparent().replace(run, deepcopy(types[bar]))


def _type(run: Element | None) -> tuple[object, ...]:
    if run is None:
        return ()
    fonts = (element.get("typeface") for element in run.iter(f"{{{A}}}latin"))
    return (*(run.get(key) for key in _TYPE), _look(run), *fonts)


def _renew_places(before: Element, there: Element, now: Element) -> None:
    """Set where the axis of values ends and where the bars stand, unless a person did."""
    for path in (f".//{c('valAx')}/{c('scaling')}", f".//{c('plotArea')}/{c('layout')}"):
        was, edited, today = (tree.find(path) for tree in (before, there, now))
        if None not in (was, edited, today) and _values(was) == _values(edited):
            edited.getparent().replace(edited, deepcopy(today))


def _values(element: Element) -> list[tuple[str, float | str]]:
    """Give the values in an element, numbers as numbers: programs write them in their own ways."""
    return [(str(child.tag), number(child.get("val", ""))) for child in element.iter() if child.get("val")]


def number(text: str) -> float | str:
    """Read a number, to ten digits: programs keep more or fewer; give other words as they are."""
    try:
        return float(f"{float(text):.10g}")
    except ValueError:
        return text.strip()
