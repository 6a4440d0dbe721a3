"""Find names between braces in texts of Office, however Word, PowerPoint and Excel broke them over runs, and
make a run of each."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import accumulate

from ennum_stats.office.markup import SIGNS, XML_SPACE, A, W
from ennum_stats.office.names import TOKEN
from ennum_stats.office.package import Element

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass(frozen=True)
class Dialect:
    """Hold how a language of Office names paragraphs, runs, their texts and looks, and what is not shown."""

    paragraph: str
    run: str
    text: str
    look: str
    hidden: frozenset[str] = frozenset()
    signs: Mapping[str, str] = field(default_factory=dict)
    """What stands for a sign in a text that is read: a tab, the end of a line."""


WORD = Dialect(
    f"{{{W}}}p",
    f"{{{W}}}r",
    f"{{{W}}}t",
    f"{{{W}}}rPr",
    frozenset((f"{{{W}}}del", f"{{{W}}}moveFrom")),
    SIGNS,
)
DRAWING = Dialect(f"{{{A}}}p", f"{{{A}}}r", f"{{{A}}}t", f"{{{A}}}rPr", signs={f"{{{A}}}br": "\n"})
SHEET = Dialect(f"{{{S}}}si", f"{{{S}}}r", f"{{{S}}}t", f"{{{S}}}rPr")


@dataclass(frozen=True)
class Placeholder:
    """Hold a name in a text, with the run that holds it alone."""

    token: str
    run: Element
    paragraph: Element


def placeholders(root: Element, dialect: Dialect) -> Iterator[Placeholder]:
    """Give the names below an element; each stands in a run of its own then, in the look of its first letter.

    Whoever writes into the run may do so before the next name is asked for.
    """
    for paragraph in list(root.iter(dialect.paragraph)):
        if "{{" not in "".join(text for _, text in atoms(paragraph, dialect)):
            continue
        explode(paragraph, dialect)
        pieces: list[tuple[str, Element]] = []
        texts = atoms(paragraph, dialect)
        begins = [0, *accumulate(len(words) for _, words in texts)]
        whole = "".join(words for _, words in texts)
        for match in reversed(list(TOKEN.finditer(whole))):
            start, end = match.span()
            first, last = bisect_right(begins, start) - 1, bisect_left(begins, end)
            offset = begins[first]
            run = isolated(texts[first:last], start - offset, end - offset, dialect)
            if start > offset:  # what stands before it, for the names to its left
                texts[first] = (run.getprevious().find(dialect.text), whole[offset:start])
            pieces.append(("".join(match[1].split()), run))
        for token, run in reversed(pieces):
            yield Placeholder(token, run, paragraph)


def write(run: Element, words: str, dialect: Dialect) -> None:
    """Write words into a run."""
    text = run.find(dialect.text)
    text.text = words
    if dialect is not DRAWING:
        text.set(XML_SPACE, "preserve")


def names_of(text: str) -> list[str]:
    """List the names in a text, without the spaces that programs put into them."""
    return ["".join(match[1].split()) for match in TOKEN.finditer(text)]


def plain_placeholders(element: Element) -> Iterator[Placeholder]:
    """Give the names in the text of an element that has no runs: a header of Excel, a name of a series."""
    for token in names_of(element.text or ""):
        yield Placeholder(token, element, element)


def write_plain(placeholder: Placeholder, words: str) -> None:
    """Write words in the place of a name in the text of an element that has no runs."""
    placeholder.run.text = filled_text(placeholder.run.text or "", placeholder.token, words)


def filled_text(text: str, token: str, words: str) -> str:
    """Put words in the place of a name, however a program spaced it."""
    pattern = re.compile(r"\{\{\s*" + r"\s*".join(map(re.escape, token)) + r"\s*\}\}")
    return pattern.sub(lambda _: words, text)


def atoms(paragraph: Element, dialect: Dialect) -> list[tuple[Element, str]]:
    """List the texts of a paragraph, without those of a text box in it and what is struck."""
    return [(text, words) for text, words in letters(paragraph, dialect) if text.tag == dialect.text]


def letters(paragraph: Element, dialect: Dialect) -> list[tuple[Element, str]]:
    """List the texts of a paragraph as `atoms` does, with the signs between them."""
    return [
        (text, dialect.signs.get(text.tag, text.text or ""))
        for text in paragraph.iter(dialect.text, *dialect.signs)
        if _is_shown(text, paragraph, dialect)
    ]


def _is_shown(text: Element, paragraph: Element, dialect: Dialect) -> bool:
    for above in text.iterancestors():
        if above is paragraph:
            return True
        if above.tag == dialect.paragraph or above.tag in dialect.hidden:
            return False
    return False


def explode(paragraph: Element, dialect: Dialect) -> None:
    """Give each text of a paragraph a run of its own."""
    for run in list(paragraph.iter(dialect.run)):
        inside = [child for child in run if child.tag != dialect.look]
        look = run.find(dialect.look)
        if len(inside) < 2 or not any(child.tag == dialect.text for child in inside):
            continue
        for child in inside[:-1]:
            copied = run.makeelement(run.tag, dict(run.attrib))
            if look is not None:
                copied.append(deepcopy(look))
            copied.append(child)
            run.addprevious(copied)


def isolated(atoms: list[tuple[Element, str]], start: int, end: int, dialect: Dialect) -> Element:
    """Make a run that holds the letters from a start to an end alone; return it."""
    place = 0
    first: Element | None = None
    for text, words in atoms:
        begins, place = place, place + len(words)
        if place <= start or begins >= end or not words:
            continue
        run = _run_of(text, dialect)
        before, after = (words[: max(start - begins, 0)], words[end - begins :] if place > end else "")
        if after:
            _beside(run, after, dialect, is_after=True)
        if first is None:
            if before:
                _beside(run, before, dialect, is_after=False)
            first = run
        else:
            run.getparent().remove(run)
    assert first is not None
    write(first, "".join(words for _, words in atoms)[start:end], dialect)
    return first


def _run_of(text: Element, dialect: Dialect) -> Element:
    """Return the run of a text; a text that stands without one, as in Excel, gets one."""
    above = text.getparent()
    if above.tag == dialect.run:
        return above
    run = above.makeelement(dialect.run)
    text.addprevious(run)
    run.append(text)
    return run


def _beside(run: Element, words: str, dialect: Dialect, *, is_after: bool) -> None:
    copied = deepcopy(run)
    write(copied, words, dialect)
    (run.addnext if is_after else run.addprevious)(copied)
