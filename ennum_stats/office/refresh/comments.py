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
    for existing in _ours(control, comments):
        is_known = paragraphs_text(existing) == words
        if not is_known:
            _write(existing, words)
        return not is_known
    add_comment(document, _first(control), _last(control), words)
    return True


def add_comment(document: WordFile, first: Element, last: Element, words: str) -> None:
    """Comment on what stands from one element of a paragraph to another."""
    number = document.marks.change()
    comment = _element("comment", id=number, author=AUTHOR, initials=_INITIALS)
    _write(comment, words)
    _comments(document).append(comment)
    reference = _element("r")
    reference.append(_element("commentReference", id=number))
    first.addprevious(_element("commentRangeStart", id=number))
    last.addnext(reference)
    last.addnext(_element("commentRangeEnd", id=number))


def remark_redrawn(document: WordFile, control: Control, before: str, edition: Edition) -> None:
    """Comment on a chart that was drawn again while changes are tracked, with what it said `before`: Word has
    no tracked change of it. Without that, our comment of an earlier time goes."""
    if not before:
        take_back(document, control)
        return
    sentence = message(
        "This chart was drawn again with the figures known on {day}. Word has no tracked change of charts: "
        "this one cannot be refused.",
        day=edition.known_at,
    )
    words = edition.t("It said before: {before}", before=before)
    remark(document, control, f"{edition.t(sentence.text, **sentence.values)}\n{words}")


def take_back(document: WordFile, control: Control) -> bool:
    """Remove our comment on what a control holds, unless somebody answered it; tell whether there was one."""
    parts = document.package.related(document.main, "comments")
    if not parts:
        return False
    comments = document.package.tree(parts[0])
    ours = _ours(control, comments)
    if not ours or len(_starts(control)) > len(ours):
        return False
    numbers = {comment.get(w("id")) for comment in ours}
    root = document.package.tree(control.part)
    for mark in list(root.iter(_START, _END, w("commentReference"))):
        if mark.get(w("id")) in numbers:
            gone = mark.getparent() if mark.tag == w("commentReference") else mark
            gone.getparent().remove(gone)
    for comment in ours:
        comments.remove(comment)
    return True


def _comments(document: WordFile) -> Element:
    package = document.package
    parts = package.related(document.main, "comments")
    if parts and package.has(parts[0]):
        return package.tree(parts[0])
    name = "word/comments.xml"  # the one name that every reader of such files expects
    package.add(name, _EMPTY, _TYPE)
    package.relate(document.main, "comments", name)
    return package.tree(name)


_EMPTY = b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"></w:comments>'


def _ours(control: Control, comments: Element) -> list[Element]:
    numbers = {mark.get(w("id")) for mark in _starts(control)}
    return [
        comment
        for comment in comments.iter(w("comment"))
        if comment.get(w("author")) == AUTHOR and comment.get(w("id")) in numbers
    ]


def _starts(control: Control) -> list[Element]:
    """List the comments that begin where the control does."""
    first = _first(control)
    places = []
    place = first.getprevious()
    while place is not None and place.tag in (_START, w("bookmarkStart")):
        if place.tag == _START:
            places.append(place)
        place = place.getprevious()
    return places


def _first(control: Control) -> Element:
    """Find the first element of what is commented that stands in a paragraph."""
    element = control.element
    if control.is_dropped or element.getparent().tag == P or element.getparent().tag == CONTENT:
        inside = None
    else:
        inside = next(element.iter(P), None)
    if inside is None:
        return element
    return next(child for child in inside if child.tag != w("pPr"))


def _last(control: Control) -> Element:
    element = control.element
    if control.is_dropped:
        number = element.get(w("id"))
        ends = (end for end in element.getparent().iter(w("bookmarkEnd")) if end.get(w("id")) == number)
        return next(ends, element)
    if element.tag == SDT and element.getparent().tag not in (P, CONTENT):
        inside = list(element.iter(P))
        if inside:
            return inside[-1][-1]
    return element


def _write(comment: Element, words: str) -> None:
    for child in list(comment):
        comment.remove(child)
    for line in words.split("\n"):
        paragraph = _element("p")
        paragraph.append(run_of(line))
        comment.append(paragraph)


def _element(name: str, **values: str) -> Element:
    from lxml import etree

    return etree.Element(w(name), {w(key): value for key, value in values.items()})
