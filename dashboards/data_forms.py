"""Forms of the browser's own on the page « Données »: fields with their labels, written as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from secrets import token_urlsafe
from typing import Any

from flask import g, request

from dashboards.components.browser import Still
from dashboards.inner import DATA
from dashboards.reading import Reading
from ennum_stats.document.blocks import Heading, Link, Paragraph, Section
from ennum_stats.errors import EnnumError, Message, message
from ennum_stats.imports.report import PARTICULARS
from ennum_stats.imports.steps import on_the_page
from ennum_stats.project import Project
from ennum_stats.raw.reader import known_rows

COOKIE, TOKEN, ANSWER = "ennum-data", "token", "answer-"
BY_WHOM, BACK = message("Your name"), message("Back to all data")


def token() -> str:
    """Give what a form must send back: a page of another site cannot read it."""
    if "data_token" not in g:
        g.data_token = request.cookies.get(COOKIE) or token_urlsafe(24)
    written: str = g.data_token
    return written


def form(
    reading: Reading, path: str, fields: Iterable[str], *, is_search: bool = False, place: str = ""
) -> Still:
    """Write a form that leads to a path below that of all data; one that only searches changes nothing. Where it has a
    `place`, fields elsewhere on the page may be its own (`in_form`)."""
    action = f"/{reading.language}/{DATA}{path}"
    if is_search:
        return Still("form", "".join(fields), {"action": action, "className": "check"})
    written = "".join([hidden(TOKEN, token()), *fields])
    given = {"method": "post", "action": action, "encType": "multipart/form-data", "className": "check"}
    return Still("form", written, given | ({"id": place} if place else {}))


def in_form(place: str, fields: Iterable[str]) -> Still:
    """Write fields that belong to a form elsewhere on the page: what was filled in is sent by whichever button."""
    written = re.sub(r"<(input|select|button)\b", rf'<\1 form="{place}"', "".join(fields))
    return Still("div", written, {"className": "check"})


def hidden(name: str, value: str) -> str:
    """Write a field that is not seen."""
    return f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'


def button(words: str, name: str = "", value: str = "1") -> str:
    """Write a button that sends its form."""
    named = f' name="{name}" value="{escape(value)}"' if name else ""
    return f"<p><button{named}>{escape(words)}</button></p>"


def choices(name: str, offered: Iterable[tuple[str, str]], answer: str | None) -> str:
    """Write answers of which one is chosen: value and words of each."""
    return "".join(
        f'<label><input type="radio" name="{escape(name)}" value="{escape(value)}"'
        f"{' checked' * (answer == value)}> {escape(words)}</label>"
        for value, words in offered
    )


def remember_field(name: str, words: str, answer: str) -> str:
    """Write a box that is ticked or not: what is posted says also that it was there."""
    box = f'<input type="checkbox" name="{ANSWER}{name}" value="1"{" checked" * bool(answer)}>'
    label = f'<div class="field"><label>{box} {escape(words)}</label></div>'
    return hidden(f"of-{name}", "1") + label


def fieldset(legend: str, text: str, fields: str) -> str:
    """Write fields that belong together under their legend, with a text below it."""
    below = f"<p>{escape(text)}</p>" if text else ""
    return f"<fieldset><legend>{escape(legend)}</legend>{below}{fields}</fieldset>"


def text_field(
    name: str, label: str, value: str, more: str = "", *, kind: str = "text", place: str = ""
) -> str:
    """Write a field for a line of text, or for a day; its `place` is its own where a page has several of a name."""
    place = f"data-{escape(place or name)}"
    return (
        f'<p><label for="{place}">{escape(label)}</label> '
        f'<input type="{kind}" id="{place}" name="{escape(name)}" value="{escape(value)}"{more}></p>'
    )


def select_field(
    name: str, label: str, options: Iterable[tuple[str, str]], value: str, *, place: str = ""
) -> str:
    """Write a field whose value is one of a list: value and words of each."""
    written = "".join(
        f'<option value="{escape(code)}"{" selected" * (code == value)}>{escape(words)}</option>'
        for code, words in options
    )
    place = f"data-{escape(place or name)}"
    return (
        f'<p><label for="{place}">{escape(label)}</label> '
        f'<select id="{place}" name="{escape(name)}">{written}</select></p>'
    )


_OF_TABLES = {
    "call": ("calls", "call"),
    "programme": ("programmes", "programme"),
    "replaces": ("lists", "list"),
}
"""Where the values of what is said beside a file are: table and key."""


def particular_fields(
    reading: Reading, project: Project, particulars: Mapping[str, str], *, without: str = ""
) -> list[str]:
    """Write the fields of what is said beside a file, with the calls, programmes and lists that the tables have; one
    may stand elsewhere on the page."""
    return [
        _particular_field(reading, project, name, particulars.get(name, ""))
        for name in PARTICULARS
        if name != without
    ]


def _particular_field(reading: Reading, project: Project, name: str, value: str) -> str:
    label = reading.t(PARTICULARS[name])
    if name not in _OF_TABLES:
        return text_field(name, label, value, kind="date" if name == "as_of" else "text")
    table, key = _OF_TABLES[name]
    rows = known_rows(project, table).to_dicts()
    options = {"": "–"} | ({value: value} if value else {})
    options |= {row[key]: row.get(f"name_{reading.language}") or row[key] for row in rows}
    return select_field(name, label, options.items(), value)


# --- parts of the page ------------------------------------------------------------------------------


def part(reading: Reading, heading: Message, *blocks: Any) -> Section:
    """Put blocks under a heading."""
    return Section((Heading(2, (reading.t(heading),)), *blocks), "text")


def back(reading: Reading, path: str = "", words: str = "") -> Paragraph:
    """Lead back to all data, or to a path below it."""
    return Paragraph((Link((words or reading.t(BACK),), f"/{reading.language}/{DATA}{path}"),))


def notices(reading: Reading, notice: Message | EnnumError | None) -> Sequence[Still]:
    """Say first what was done, or why it was not."""
    if isinstance(notice, EnnumError):
        parts = (notice.found, notice.expected, notice.remedy)
        lines = " ".join(reading.t(on_the_page(each)) for each in parts if each).split("\n")
        shown = "".join(f"<p>{escape(line)}</p>" for line in lines)
        return [Still("div", shown, {"role": "alert", "className": "notice strong"})]
    if notice:
        return [Still("p", escape(reading.t(notice)), {"role": "status", "className": "notice"})]
    return []
