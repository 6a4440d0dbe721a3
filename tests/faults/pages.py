"""What is true of every page and picture, whoever asks for which: names for those who do not see it, one id for one
thing, signs set as its language wants, and nothing of a document that was not known on its day."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from csv import DictReader, reader
from datetime import date
from functools import cache
from html import unescape
from io import StringIO

from lxml import etree, html

from ennum_stats.errors import FICTITIOUS
from ennum_stats.languages import translate
from tests.faults.ground import ANNOUNCED_ON, ANNOUNCED_TITLE
from tests.faults.harness import ROOT
from tests.faults.languages import ILL_SET

_FIELDS = "//input[not(@type='hidden')]|//select|//textarea"
_ACTIVE = "//*[starts-with(@href, 'javascript:') or @onclick or @onload or @onerror]"
_OWN_WORDS = (
    "//main//text()[not(ancestor::*[self::script or self::svg or self::code or self::pre or self::td or self::a])]"
    "[not(ancestor::*[@lang and not(self::html) or @class='citation'])]"
)
"""Of a page itself: documents have their own, which stand in cells and links, or bear their language."""
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[\d\s.,]+")
_SHORTEST_TITLE = 24


def faults_of_page(text: str, language: str) -> Iterator[str]:
    """Say what is wrong on a page of a demonstration."""
    page = html.document_fromstring(text)
    ids = Counter(page.xpath("//@id"))
    yield from (f"an id {times} times: {name}" for name, times in ids.items() if times > 1)
    if translate(FICTITIOUS, language) not in "".join(page.xpath("//p[contains(@class, 'notice')]//text()")):
        yield "does not say that it is invented"
    for picture in page.xpath("//*[@role='img']|//img"):
        if not (picture.get("aria-label") or picture.get("alt") or picture.xpath("*[local-name()='title']")):
            yield f"a picture without a name: {_shown(picture)}"
        if (
            "aria-label" in picture.attrib
            and picture.tag == "svg"
            and picture.get("aria-describedby") not in ids
        ):
            yield f"a chart without a description: {_shown(picture)}"
    for field in page.xpath(_FIELDS):
        named = page.xpath("//label[@for=$id]", id=field.get("id", "")) or field.xpath("ancestor::label")
        if not (field.get("aria-label") or named):
            yield f"a field without a name: {_shown(field)}"
    for control in page.xpath("//a[@href]|//button|//summary"):
        seen = "".join(control.itertext()).strip()
        if not control.get("aria-label") and (not re.search(r"\w", seen) or seen.endswith("×")):
            yield f"a control without a name of its own: {_shown(control)}"
    for wrong in page.xpath(f"//thead//th[not(@scope)]|{_ACTIVE}"):
        yield f"a heading of no column, or what runs: {_shown(wrong)}"
    for words in page.xpath(_OWN_WORDS):
        if language == "fr" and (hit := ILL_SET[language].search(words)):
            yield f"{hit[0]!r} in “{words[:100]}”"


def _shown(element: html.HtmlElement) -> str:
    return html.tostring(element, encoding="unicode")[:160]


def faults_of_picture(text: str, *, is_chart: bool) -> Iterator[str]:
    """Say what is wrong with a picture that is taken along."""
    try:
        picture = etree.fromstring(text.encode())
    except etree.XMLSyntaxError as error:
        yield f"not well formed: {error}"
        return
    said = {etree.QName(part).localname for part in picture if "".join(part.itertext()).strip()}
    if not ({"title"} & said or picture.get("aria-label")) or (is_chart and "desc" not in said):
        yield f"a picture without words: {text[:160]}"


def faults_of_table(text: str) -> Iterator[str]:
    """Say what a spreadsheet program would compute of a table."""
    for row in reader(
        StringIO(text.removeprefix("\ufeff")), delimiter=";" if ";" in text.partition("\n")[0] else ","
    ):
        yield from (
            f"a formula: {cell[:60]}" for cell in row if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell)
        )


@cache
def titles() -> dict[str, date]:
    """Give the day from which each title is known, of documents and of what is announced."""
    days = {ANNOUNCED_TITLE: ANNOUNCED_ON}
    with (ROOT / "data" / "raw" / "sources.csv").open(encoding="utf-8") as file:
        for row in DictReader(file):
            days[row["title"]] = min(
                _last(row["published_on"] or row["retrieved_on"]), days.get(row["title"], date.max)
            )
    return {title.replace("’", "'"): day for title, day in days.items() if len(title) >= _SHORTEST_TITLE}


def _last(text: str) -> date:
    """Give the last day of a year, a month or a day."""
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def of_later(text: str, day: date) -> list[str]:
    """List the titles in an answer of a day that nobody knew then."""
    plain = re.sub(r"[\u00a0\u202f]", " ", unescape(text)).replace("’", "'")
    return [title for title, known in titles().items() if known > day and title in plain]


def found_misspelt(typed: str, right: str) -> bool:
    """Tell whether what is found first of a name is found of what is typed for it."""
    first, *_ = _hits(right)
    return first in _hits(typed)


def _hits(text: str) -> list[str]:
    return [
        re.sub("[?].*", "", one) for one in html.document_fromstring(text).xpath("//main//li//a/@href")
    ] or [""]
