"""Put our remarks into a Word file as comments, once each, and take back those that no longer hold."""

from __future__ import annotations

from ennum_stats.errors import message
from ennum_stats.kit.edition import Edition
from ennum_stats.office.markup import AUTHOR, CONTENT, SDT, P, paragraphs_text, run_of, w
from ennum_stats.office.package import Element
from ennum_stats.office.word_file import Control, WordFile

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_INITIALS = "es"
_START, _END = w("commentRangeStart"), w("commentRangeEnd")


def remark(document: WordFile, control: Control, words: str) -> bool:
    """Comment on what a control holds; tell whether there was no such comment yet."""
    comments = _comments(document)
    for one in _ours(control, comments):
        is_known = paragraphs_text(one) == words
        if not is_known:
            _write(one, words)
        return not is_known
    number = document.marks.change()
    comment = _element("comment", id=number, author=AUTHOR, initials=_INITIALS)
    _write(comment, words)
    comments.append(comment)
    _anchor(control, number)
    return True


def remark_redrawn(document: WordFile, control: Control, before: str, edition: Edition) -> None:
    """Comment on a chart that was drawn again while changes are tracked, with what it said `before`: Word has
    no tracked change of it. Without that, our comment of an earlier time goes."""
    if not before:
        take_back(document, control)
        return
    told = message(
        "This chart was drawn again with the figures known on {day}. Word has no tracked change of charts: "
        "this one cannot be refused.",
        day=edition.known_at,
    )
    said = edition.t("It said before: {before}", before=before)
    remark(document, control, f"{edition.t(told.text, **told.values)}\n{said}")


def take_back(document: WordFile, control: Control) -> bool:
    """Remove our comment on what a control holds, unless somebody answered it; tell whether there was one."""
    found = document.package.related(document.main, "comments")
    if not found:
        return False
    comments = document.package.tree(found[0])
    ours = _ours(control, comments)
    if not ours or len(_starts(control)) > len(ours):
        return False
    numbers = {one.get(w("id")) for one in ours}
    root = document.package.tree(control.part)
    for mark in list(root.iter(_START, _END, w("commentReference"))):
        if mark.get(w("id")) in numbers:
            gone = mark.getparent() if mark.tag == w("commentReference") else mark
            gone.getparent().remove(gone)
    for one in ours:
        comments.remove(one)
    return True


def _comments(document: WordFile) -> Element:
    package = document.package
    found = package.related(document.main, "comments")
    if found and package.has(found[0]):
        return package.tree(found[0])
    name = package.free_name("word/comments%d.xml")
    package.add(name, _EMPTY, _TYPE)
    package.relate(document.main, "comments", name)
    return package.tree(name)


_EMPTY = b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"></w:comments>'


def _ours(control: Control, comments: Element) -> list[Element]:
    numbers = {mark.get(w("id")) for mark in _starts(control)}
    return [
        one
        for one in comments.iter(w("comment"))
        if one.get(w("author")) == AUTHOR and one.get(w("id")) in numbers
    ]


def _starts(control: Control) -> list[Element]:
    """List the comments that begin where the control does."""
    first = _first(control)
    found = []
    place = first.getprevious()
    while place is not None and place.tag in (_START, w("bookmarkStart")):
        if place.tag == _START:
            found.append(place)
        place = place.getprevious()
    return found


def _first(control: Control) -> Element:
    """Find the first element of what is commented that stands in a paragraph."""
    element = control.element
    if control.is_dropped or element.getparent().tag == P or element.getparent().tag == CONTENT:
        inside = None
    else:
        inside = next(element.iter(P), None)
    if inside is None:
        return element
    return next(one for one in inside if one.tag != w("pPr"))


def _last(control: Control) -> Element:
    element = control.element
    if control.is_dropped:
        number = element.get(w("id"))
        ends = (one for one in element.getparent().iter(w("bookmarkEnd")) if one.get(w("id")) == number)
        return next(ends, element)
    if element.tag == SDT and element.getparent().tag not in (P, CONTENT):
        inside = list(element.iter(P))
        if inside:
            return inside[-1][-1]
    return element


def _anchor(control: Control, number: str) -> None:
    start, end = _element("commentRangeStart", id=number), _element("commentRangeEnd", id=number)
    reference = _element("r")
    reference.append(_element("commentReference", id=number))
    last = _last(control)
    _first(control).addprevious(start)
    last.addnext(reference)
    last.addnext(end)


def _write(comment: Element, words: str) -> None:
    for one in list(comment):
        comment.remove(one)
    for line in words.split("\n"):
        paragraph = _element("p")
        paragraph.append(run_of(line))
        comment.append(paragraph)


def _element(name: str, **values: str) -> Element:
    from lxml import etree

    return etree.Element(w(name), {w(key): value for key, value in values.items()})
