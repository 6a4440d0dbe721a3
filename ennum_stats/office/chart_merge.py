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


def merged_chart(written: bytes, found: bytes, today: bytes) -> bytes | None:
    """Give the chart that was found with today's numbers and words; nothing where a person made it a chart of
    another kind, or its bars lie today and stood."""
    from lxml import etree

    before, there, now = (parsed(one) for one in (written, found, today))
    groups, old = _groups(there), _groups(before)
    if old.keys() != groups.keys() or len({_directions(one) for one in (before, there, now)}) > 1:
        return None
    types, then = _types(there), _types(before)
    theirs = {bar: run for bar, run in types.items() if _type(run) != _type(then.get(bar))}
    _renew_groups(groups, old, _groups(now))
    _renew_places(before, there, now)
    _keep_types(there, theirs)
    merged: bytes = etree.tostring(there, xml_declaration=True, encoding="UTF-8", standalone=True)
    return merged


def parsed(data: bytes) -> Element:
    """Read the root of a chart."""
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _groups(tree: Element) -> dict[str, Element]:
    plot = tree.find(f".//{c('plotArea')}")
    return {one.tag: one for one in plot if str(one.tag).endswith("Chart")}


def _directions(tree: Element) -> tuple[str, ...]:
    return tuple(one.get("val", "") for one in tree.iter(c("barDir")))


def _renew_groups(groups: dict[str, Element], old: dict[str, Element], now: dict[str, Element]) -> None:
    """Give each kind of drawing in a chart today's series; a kind that is new comes after the bars."""
    bars = groups[c(_KINDS[0])]
    for tag in groups.keys() - now.keys():
        groups[tag].getparent().remove(groups[tag])
    for tag, fresh in now.items():
        if tag not in groups:
            made = deepcopy(fresh)
            for axis, ours in zip(made.iter(c("axId")), bars.iter(c("axId")), strict=True):
                axis.set("val", ours.get("val"))
            bars.addnext(made)
            continue
        group = groups[tag]
        series = [*_merged_series(group, old[tag], fresh)]
        for one in group.findall(c("ser")):
            group.remove(one)
        place = group.find(c("varyColors" if group.find(c("varyColors")) is not None else "grouping"))
        for one in reversed(series):
            place.addnext(one)
        _stack_as(group, fresh)


def _stack_as(group: Element, fresh: Element) -> None:
    """Put bars beside or on each other as today's are."""
    group.find(c("grouping")).set("val", fresh.find(c("grouping")).get("val"))
    for one in group.findall(c("overlap")):
        group.remove(one)
    overlap = fresh.find(c("overlap"))
    if overlap is not None:
        group.find(c("gapWidth")).addnext(deepcopy(overlap))


def _merged_series(found: Element, written: Element, today: Element) -> Iterator[Element]:
    """Give today's series of a group, each in the look that a person gave the one of its name, or of its
    place."""
    there, before = found.findall(c("ser")), written.findall(c("ser"))
    known = {_title(one): pair for one, pair in zip(before, zip(there, before, strict=False), strict=False)}
    fresh = today.findall(c("ser"))
    spare = [pair for title, pair in known.items() if title not in {*map(_title, fresh)}]
    for one in fresh:
        made = deepcopy(one)
        pair = known.get(_title(one)) or (spare.pop(0) if spare else None)
        if pair:
            _dress(made, *pair)
        yield made


def _title(series: Element) -> str:
    return str(series.find(c("tx")).findtext(f".//{c('v')}", ""))


def _dress(made: Element, found: Element, written: Element) -> None:
    """Give a series and its bars the looks that a person gave them."""
    theirs = found.find(c("spPr"))
    if theirs is not None and _look(theirs) != _look(written.find(c("spPr"))):
        made.replace(made.find(c("spPr")), deepcopy(theirs))
    looks, before = _looks(found), _looks(written)
    for place, name in enumerate(_names(made)):
        look = looks.get(name)
        if look is not None and _look(look) != _look(before.get(name)):
            _paint(made, place, look)


def _names(series: Element) -> list[str]:
    return [one.findtext(c("v"), "") for one in series.find(c("cat")).iter(c("pt"))]


def _looks(series: Element) -> dict[str, Element]:
    """Find the look of each bar: its own, or that of its series."""
    own = {int(one.find(c("idx")).get("val")): one.find(c("spPr")) for one in series.iter(c("dPt"))}
    common = series.find(c("spPr"))
    found = {name: own.get(place) for place, name in enumerate(_names(series))}
    return {name: common if look is None else look for name, look in found.items()}


def _look(properties: Element | None) -> tuple[tuple[str, str | None], ...]:
    """Give what of a look is seen: fills and lines with their colours."""
    if properties is None:
        return ()
    names = ((str(one.tag).rpartition("}")[2], one) for one in properties.iter(f"{{{A}}}*"))
    return tuple((name, one.get("val") or one.get("w")) for name, one in names if name in _LOOKS)


def _paint(series: Element, place: int, look: Element) -> None:
    """Give one bar of a series a look of its own."""
    points = {int(one.find(c("idx")).get("val")): one for one in series.findall(c("dPt"))}
    point = points.get(place)
    if point is not None:
        for one in point.findall(c("spPr")):
            point.remove(one)
        point.append(deepcopy(look))
        return
    if _look(series.find(c("spPr"))) == _look(look):
        return
    point = series.makeelement(c("dPt"))
    for name, value in (("idx", str(place)), ("invertIfNegative", "0"), ("bubble3D", "0")):
        point.append(point.makeelement(c(name), {"val": value}))
    point.append(deepcopy(look))
    later = [at for at, one in points.items() if at > place]
    if later:
        points[min(later)].addprevious(point)
        return
    before = {c(name) for name in _BEFORE_POINTS}
    [one for one in series if one.tag in before][-1].addnext(point)


def _types(tree: Element) -> dict[tuple[str, int], Element]:
    """Find the type of the words at each bar, of which ranges have two."""
    found: dict[tuple[str, int], Element] = {}
    for name, label in _labels(tree):
        at = sum(bar == name for bar, _ in found)
        for run in [*label.iter(f"{{{A}}}rPr")][-1:]:  # an arrow may stand before the words
            found[name, at] = run
    return found


def _labels(tree: Element) -> Iterator[tuple[str, Element]]:
    """Give the words of all bars with the names of these."""
    for series in tree.iter(c("ser")):
        names = dict(enumerate(_names(series)))
        for label in series.iter(c("dLbl")):
            yield names.get(int(label.find(c("idx")).get("val")), ""), label


def _keep_types(tree: Element, theirs: dict[tuple[str, int], Element]) -> None:
    """Set words in the type that a person gave those at the same end of their bar."""
    for bar, run in _types(tree).items():
        if bar in theirs:
            run.getparent().replace(run, deepcopy(theirs[bar]))


def _type(run: Element | None) -> tuple[object, ...]:
    if run is None:
        return ()
    fonts = (one.get("typeface") for one in run.iter(f"{{{A}}}latin"))
    return (*(run.get(key) for key in _TYPE), _look(run), *fonts)


def _renew_places(before: Element, there: Element, now: Element) -> None:
    """Set where the axis of values ends and where the bars stand, unless a person did."""
    for path in (f".//{c('valAx')}/{c('scaling')}", f".//{c('plotArea')}/{c('layout')}"):
        was, found, today = (tree.find(path) for tree in (before, there, now))
        if None not in (was, found, today) and _values(was) == _values(found):
            found.getparent().replace(found, deepcopy(today))


def _values(element: Element) -> list[tuple[str, float | str]]:
    """Give the values in an element, numbers as numbers: programs write them in their own ways."""
    return [(str(one.tag), number(one.get("val", ""))) for one in element.iter() if one.get("val")]


def number(text: str) -> float | str:
    """Read a number, to ten digits: programs keep more or fewer; give other words as they are."""
    try:
        return float(f"{float(text):.10g}")
    except ValueError:
        return text.strip()
