"""The dashboard without a server: each page as it is drawn before any script, with relative addresses.

A copy is crawled from the application in this process, from the overview of each language and day on. What a
page offers as a link is there; what only a form asks for, as prices of another year, is not, and its links
become words.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cached_property, partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, unquote, urlencode

import lxml.html
from dash import html

from dashboards.app import create_app
from dashboards.components.browser import dashed
from dashboards.queries.finding import entries_named
from dashboards.reading import asked_of, edition_of, reading_at, split_path
from dashboards.registry import GLOSSARY, OVERVIEW, page_at
from dashboards.rendering.layout import AS_KNOWN_ON, DAY
from dashboards.rendering.markup import html_of
from dashboards.served_store import OpenedStore
from ennum_stats.errors import UsageError, message
from ennum_stats.figures.citation import SITE
from ennum_stats.figures.figure import marks, noticed
from ennum_stats.files.boundary import require_file
from ennum_stats.files.journal import settle
from ennum_stats.files.sums import put, sums_of, with_sums
from ennum_stats.languages import LANGUAGES, language_name, translate
from ennum_stats.project import Project
from ennum_stats.store.ledger import today

MARK = "site.json"
"""The file that tells a copy of ours, and what it is of."""
_KIND = "ennum-stats site"
COPY = message(
    "A copy of these pages, made on {day}: other choices, comparisons, days, and files as slides (PPTX) or PNG, are on "
    "the dashboard itself."
)
FOUND, NOT_FOUND = message("Results: {n}"), message("Nothing here is called “{text}”.")
_CHOSEN_BY_LINKS = {"by", "leaf", "start"}
"""The choices that pages offer as links and not in a form alone: how a table is divided, its pages, since when."""
_FORMS = tuple(f".{form}" for form in ("csv", "xlsx", "svg", "png", "pdf", "pptx", "parquet", "ics"))
_GONE = (
    "//script", "//dialog", "//link[@rel='preload' or @rel='expect' or contains(@type, 'atom')]",
    "//form[not(contains(@class, 'finder'))]", "//*[@id='react-entry-point' or @id='announce' or @id='take-along']",
    "//form/input[@type='hidden']", "//details[@id='words']", "//*[@data-mark and @fill='none']",
    *(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]" for name in ("with-script", "feed", "share", "live")),
)  # fmt: skip
"""What only a server or a script of the dashboard makes something of, and the words that each page has, which the
glossary has once."""
_STYLED = "data-page"
"""What the style sheet asks for, of all that pages tell to scripts."""
_UNSAFE = re.compile(r"[^\w~=.,-]")
_SCRIPT = Path(__file__).with_name("assets") / "search.js"


def write_site(
    project: Project, folder: Path, days: Collection[date], languages: Sequence[str] = LANGUAGES
) -> list[str]:
    """Write the public dashboard as files, as known today and on some days; return their paths, checksums last.

    A copy that stood in the folder is replaced. Raises `UsageError` where it holds something else.
    """
    settle(folder)
    before = _earlier(folder)
    files = dict(_Copy(project, days, languages).shared())
    of_language = partial(_pages, project, days, languages)
    if len(languages) == 1:
        files |= of_language(languages[0])
    else:  # one process a language: DuckDB outlives no fork
        width = min(len(languages), os.cpu_count() or 1)
        with ProcessPoolExecutor(width, get_context("spawn"), end_with_parent) as processes:
            for pages in processes.map(of_language, languages):
                files |= pages
    files = with_sums(files)
    put(folder, files, before)
    return [*files]


def end_with_parent() -> None:
    """Have this process end with the one that began it: whoever kills that one leaves none behind."""

    def wait() -> None:
        parent = parent_process()
        assert parent is not None
        parent.join()
        os._exit(1)

    Thread(target=wait, daemon=True).start()


def _pages(
    project: Project, days: Collection[date], languages: Sequence[str], language: str
) -> dict[str, bytes]:
    return dict(_Copy(project, days, languages).pages(language))


def _earlier(folder: Path) -> list[str]:
    """List the files of the copy in a folder; none where it is empty or missing."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return []
    try:
        if json.loads(require_file(folder / MARK).read_text("utf-8"))["kind"] == _KIND:
            return [*sums_of(folder)]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise UsageError(
        message("This folder holds something that is no copy of the dashboard."), where=str(folder),
        remedy=message("Name an empty folder, or that of an earlier copy."),
    )  # fmt: skip


class _Copy:
    """Hold what a copy is made from: the application, its languages, and the days beside today."""

    def __init__(self, project: Project, days: Collection[date], languages: Sequence[str]) -> None:
        self.app = create_app(project)
        self.client = self.app.server.test_client()
        self.languages = languages
        self.days = sorted(day.isoformat() for day in {*days} if day < today())

    @cached_property
    def edition(self) -> OpenedStore:
        """The store that all of it is drawn from. Raises `StoreMissing`."""
        with self.app.server.test_request_context("/"):
            return edition_of()

    @cached_property
    def _resources(self) -> dict[str, str]:
        """Give the place of the style sheet, the typefaces and the sign in the copy, by their addresses."""
        addresses = self.app.resources.addresses
        return {place: place.lstrip("/") for name, place in addresses.items() if not name.endswith(".js")}

    def pages(self, language: str) -> Iterator[tuple[str, bytes]]:
        """Yield what is of a language, by its path: its pages, what they lead to, and what is found by name."""
        waiting = deque(self._entries(language))
        seen = {*waiting}
        while waiting:
            address = waiting.popleft()
            content = self._content(address)
            if self._is_page(address):
                tree = lxml.html.document_fromstring(content)
                for leads in self._settled_in(tree, address):
                    if leads not in seen and leads.startswith(f"/{language}/"):
                        seen.add(leads)
                        waiting.append(leads)
                content = lxml.html.tostring(tree, doctype="<!doctype html>", encoding="utf-8")
            yield self.place(address), content
        for day in ("", *self.days):
            yield f"{_folder(language, day)}search-names.js", self._names(language, day)

    def shared(self) -> Iterator[tuple[str, bytes]]:
        """Yield what all pages share, the way to each language, and the mark of a copy."""
        for address, place in self._resources.items():
            content = self.app.resources.files[address].content
            if place.endswith(".css"):  # typefaces of a disk come later than those of a server
                content = content.replace(b'url("/static/', b'url("').replace(
                    b"display:optional", b"display:swap"
                )
            yield place, content
        yield "static/search.js", _SCRIPT.read_bytes()
        yield "index.html", self._entrance()
        yield MARK, self._mark()

    def _entries(self, language: str) -> Iterator[str]:
        """Yield overview and search of each day, and what has a name then: that is found by it, if not by links."""
        with self.app.server.test_request_context(f"/{language}/"):
            for day in ("", *self.days):
                reading = reading_at(language, "", f"known_at={day}" if day else "")
                yield from (reading.view.address(), reading.view.address("search"))
                named = (address.partition("#")[0] for _, _, address, _ in entries_named(reading))
                yield from (address for address in dict.fromkeys(named) if self.place(address))

    def _content(self, address: str) -> bytes:
        answer = self.client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")
        content: bytes = answer.data
        return content

    # --- addresses --------------------------------------------------------------------------------------

    def place(self, address: str) -> str:
        """Tell where in the copy an address of the dashboard is; empty where it has none there."""
        path, _, search = address.partition("?")
        if path in self._resources:
            return self._resources[path]
        choices = dict(asked_of(search))
        day = choices.pop("known_at", "")
        day = "" if day == today().isoformat() else day
        language, name = split_path(unquote(path)) or ("", "")
        if language not in self.languages or day not in ("", *self.days):
            return ""
        folder = _folder(language, day)
        if name.endswith(_FORMS):
            return "" if choices or not _is_kept(name) else folder + name
        if page_at(name) is None or not choices.keys() <= _CHOSEN_BY_LINKS:
            return ""
        chosen = "".join(f"--{key}={value}" for key, value in sorted(choices.items()))
        return f"{folder}{name or 'index'}{_UNSAFE.sub('_', chosen)}.html"

    def _is_page(self, address: str) -> bool:
        return self.place(address).endswith(".html")

    # --- a page -----------------------------------------------------------------------------------------

    def _settled_in(self, tree: Any, address: str) -> Iterator[str]:
        """Make a page one of the copy, and yield the addresses that it leads to there."""
        here = self.place(address)
        language, name = split_path(address.partition("?")[0]) or ("", "")
        day = asked_of(address.partition("?")[2]).get("known_at", "")
        self._set_days(tree, language, name, day)
        for node in tree.xpath("//details[@id='take-along']"):
            for files in node.xpath("p[@class='files']"):
                node.addprevious(files)
        for node in tree.xpath("//details[@id='words']/summary"):  # of each page in one place
            there = f"/{language}/{GLOSSARY}" + (f"?known_at={day}" if day else "")
            link = html.P(html.A(node.text_content(), href=there), className="words")
            node.getparent().addprevious(lxml.html.fragment_fromstring(html_of(link)))
        _drop_scripted(tree)
        if name.startswith("commune/"):  # thousands of maps: that of a phone is for all
            for node in tree.xpath("//*[@class='drawing narrow' and ../*[@class='drawing wide']]"):
                node.getprevious().drop_tree()
                node.attrib.update({"class": "drawing", "style": "max-width:24rem"})
        for node in tree.xpath("//*[@href or @src]"):
            key = "href" if node.get("href") is not None else "src"
            leads, hash_, anchor = node.get(key).partition("#")
            if not leads.startswith("/"):
                continue
            path, _, search = leads.partition("?")
            typed = asked_of(search).get("q", "") if path.endswith("/search") else ""
            target = path if typed else leads
            if place := self.place(target):
                query = f"?{urlencode({'q': typed})}" if typed else ""
                node.set(
                    key, quote(posixpath.relpath(place, posixpath.dirname(here))) + query + hash_ + anchor
                )
                if target not in self._resources:
                    yield self._plain(target)
            else:
                _lead_nowhere(node)
        for node in tree.xpath("//p[@class='files' and not(.//a)] | //p[@class='tools' and not(node())]"):
            node.drop_tree()
        for node in tree.xpath("//form[contains(@class, 'finder')]"):
            node.set(
                "action", posixpath.relpath(f"{_folder(language, day)}search.html", posixpath.dirname(here))
            )
        for node in tree.xpath("//footer"):
            note = html.P(translate(COPY, language, day=today()))
            node.insert(0, lxml.html.fragment_fromstring(html_of(note)))
        if name == "search":
            self._set_search(tree, here, language)

    def _plain(self, address: str) -> str:
        """Give an address in the one form under which the copy asks for it."""
        path, _, search = address.partition("?")
        choices = {key: value for key, value in asked_of(search).items() if value != today().isoformat()}
        return f"{path}?{urlencode(sorted(choices.items()))}" if choices else path

    def _set_days(self, tree: Any, language: str, name: str, day: str) -> None:
        """Put links to the days of the copy in the place of the list of all: to the same page of the navigation."""
        if not self.days:
            return
        page = page_at(name)
        there = name if page and page.is_listed else ""
        links = [
            html.Li(html.A(
                translate(DAY, language, day=date.fromisoformat(each) if each else today()),
                href=f"/{language}/{there}" + (f"?known_at={each}" if each else ""),
                **dashed(aria_current="true" if each == day else None),
            ))
            for each in ("", *reversed(self.days))
        ]  # fmt: skip
        label = translate(AS_KNOWN_ON, language)
        nav = html.Nav([html.Span(label), html.Ul(links)], className="days", **dashed(aria_label=label))
        for node in tree.xpath("//header//form[contains(@class, 'day')]"):
            node.addprevious(lxml.html.fragment_fromstring(html_of(nav)))

    def _set_search(self, tree: Any, here: str, language: str) -> None:
        """Give the page of the search what its script needs; its examples stand until something is typed."""
        (content,) = tree.xpath("//main//*[@class='content']")
        results = html.Section(
            [
                html.P(role="status", **dashed(data_found=translate(FOUND, language, n="{n}"),
                                               data_nothing=translate(NOT_FOUND, language, text="{text}"))),
                html.Ul(className="results"),
            ],
            className="text", id="results",
        )  # fmt: skip
        content.addprevious(lxml.html.fragment_fromstring(html_of(results)))
        for source in ("search-names.js", posixpath.relpath("static/search.js", posixpath.dirname(here))):
            tree.find("body").append(lxml.html.fragment_fromstring(f'<script src="{source}"></script>'))

    # --- beside the pages -------------------------------------------------------------------------------

    def _names(self, language: str, day: str) -> bytes:
        """Write what can be found on a day: its label, what tells it from others, its page and its spellings."""
        with self.app.server.test_request_context(f"/{language}/"):
            reading = reading_at(language, "search", f"known_at={day}" if day else "")
            rows = []
            for label, detail, address, spellings in entries_named(reading):
                leads, hash_, anchor = address.partition("#")
                place = self.place(leads) or self.place(
                    leads.partition("?")[0] + (f"?known_at={day}" if day else "")
                )
                rows.append(
                    (
                        label,
                        detail,
                        posixpath.relpath(place, _folder(language, day)) + hash_ + anchor,
                        spellings,
                    )
                )
        return f"window.names={json.dumps(rows, ensure_ascii=False, separators=(',', ':'))};\n".encode()

    def _entrance(self) -> bytes:
        """Write the page at the top, which leads to each language."""
        links = "\n".join(
            f'<li><a href="{code}/index.html" lang="{code}">{language_name(code, code).capitalize()}</a></li>'
            for code in self.languages
        )
        first = self.languages[0]
        title = noticed(self.edition.at(None), first, translate(SITE, first))
        style = next(place for place in self._resources.values() if place.endswith(".css"))
        text = (
            f'<!doctype html>\n<html lang="{self.languages[0]}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
            f'<link rel="stylesheet" href="{style}"></head><body><main class="problem"><h1>{title}</h1>\n'
            f"<ul>\n{links}\n</ul></main></body></html>\n"
        )
        return text.encode()

    def _mark(self) -> bytes:
        mark = {
            "kind": _KIND, "made_on": today().isoformat(), "data": self.edition.published.content_hash,
            "days": [*self.days, today().isoformat()], "languages": [*self.languages],
        } | marks(self.edition.at(None), self.languages[0])  # fmt: skip
        return (json.dumps(mark, indent=2) + "\n").encode()


def _folder(language: str, day: str) -> str:
    return f"{day}/{language}/" if day else f"{language}/"


def _is_kept(name: str) -> bool:
    """Tell whether a copy has a file: every table, charts as drawings, and pages of the navigation as PDF. PNG and
    slides would be half of its size and time."""
    stem, _, form = name.rpartition(".")
    if form == "pdf":
        page = page_at("" if stem == OVERVIEW else stem)
        return page is not None and page.is_listed
    return form in ("csv", "xlsx") or (form == "svg" and name.startswith("chart/"))


def _drop_scripted(tree: Any) -> None:
    """Take out of a page what only a server or a script makes something of."""
    for path in _GONE:
        for node in tree.xpath(path):
            node.drop_tree()
    for node in tree.xpath("//*[@*[starts-with(name(), 'data-')]]"):
        for key in {*node.attrib} - {_STYLED}:
            if key.startswith("data-"):
                del node.attrib[key]


def _lead_nowhere(node: Any) -> None:
    """Take away a link to what a copy does not have: of a file and among tools all of it, else its address."""
    is_tool = node.get("download") is not None or "tools" in (node.getparent().get("class") or "")
    if node.tag != "a" or is_tool:
        node.drop_tree()
    else:
        del node.attrib["href"]
