"""The numbers of a reader's own text: it is posted, judged by what the public may know, shown, and forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from dashboards.components import section
from dashboards.components.browser import Still
from dashboards.inner import CHECK
from dashboards.reading import Reading
from dashboards.registry import Content, register_page
from ennum_stats.document.blocks import Heading, Paragraph, Section, Strong
from ennum_stats.errors import EnnumError, UsageError, message
from ennum_stats.languages import LANGUAGES, language_name
from ennum_stats.periods import day_of

TITLE = message("Check a text")
TELLS = message(
    "Paste a text or drop a file: each of its numbers is judged by what is known, with the document."
)
KEPT = message("Nothing of it is stored, logged or sent on: it is read in memory, answered and forgotten.")
READS = message("Read are: {kinds}; at most {size} MB and {n} characters.")
PASTE, FILE = message("Text"), message("Or a file")
SPOKEN, FOUND, WRITTEN_ON = (
    message("Language of the text"),
    message("found in the text"),
    message("Day of the text"),
)
CHOOSE = message("Choose it below: “{field}”.", field=SPOKEN)
SEND, EMPTY = message("Check"), message("There is neither a text nor a file.")
MOST_BYTES, MOST_CHARACTERS, MOST_CONTENT, MOST_PAGES = 4 * 1024**2, 100_000, 32 * 1024**2, 40
_KINDS = ".docx, .pptx, .xlsx, .pdf, .txt, .md, .html, .eml"


def check(reading: Reading) -> Content:
    """Lay out the form."""
    size, kinds = MOST_BYTES // 1024**2, _KINDS
    kept = (reading.t(KEPT), reading.t(READS, kinds=kinds, size=size, n=MOST_CHARACTERS))
    yield section("", kept)
    yield _form(reading, {})


def checked(reading: Reading, form: dict[str, str], name: str, data: bytes) -> Content:
    """Show a text with its numbers marked, the remarks on them first, and the form again."""
    from ennum_stats.office.texts.apart import read_apart
    from ennum_stats.office.texts.readers import Limits, read_text
    from ennum_stats.office.texts.report import TextAudit

    limits = Limits(MOST_BYTES, MOST_CONTENT, MOST_CHARACTERS, MOST_PAGES)
    pasted = form.get("text", "")
    try:
        if not data and not pasted.strip():
            raise UsageError(EMPTY)
        text = read_apart(name, data, limits) if data else read_text("-", pasted.encode(), limits)
        spoken = form.get("lang", "") if form.get("lang") in LANGUAGES else ""
        audit = TextAudit.of(text, reading.ledger, spoken, day_of(form.get("date") or None), reading.language)
        yield Section(audit.blocks(), "text checked")
    except EnnumError as error:
        parts = [error.found, error.expected, CHOOSE if "--lang" in str(error.remedy) else error.remedy]
        yield Section((Paragraph((Strong((" ".join(map(reading.t, filter(None, parts))),)),)),), "text")
    yield Heading(2, (reading.t(TITLE),))
    yield _form(reading, form)


def _form(reading: Reading, typed: Mapping[str, str]) -> Still:
    """Write the form with what was typed; it is one of the browser's own: no script reads what is typed or dropped."""
    spoken = [("", reading.t(FOUND)), *((code, language_name(code, reading.language)) for code in LANGUAGES)]
    languages = "".join(
        f'<option value="{code}"{" selected" * (code == typed.get("lang", ""))}>{escape(name)}</option>'
        for code, name in spoken
    )
    labels = {name: escape(reading.t(words)) for name, words in {
        "text": PASTE, "file": FILE, "lang": SPOKEN, "date": WRITTEN_ON, "send": SEND,
    }.items()}  # fmt: skip
    written = (
        f'<p><label for="check-text">{labels["text"]}</label>'
        f'<textarea id="check-text" name="text" rows="10" maxlength="{MOST_CHARACTERS}">'
        f"{escape(typed.get('text', ''))}</textarea></p>"
        f'<p><label for="check-file">{labels["file"]}</label>'
        f'<input type="file" id="check-file" name="file" accept="{_KINDS}"></p>'
        f'<p><label for="check-lang">{labels["lang"]}</label>'
        f'<select id="check-lang" name="lang">{languages}</select></p>'
        f'<p><label for="check-date">{labels["date"]}</label><input type="date" id="check-date" name="date"'
        f' value="{escape(typed.get("date", ""))}"></p>'
        f"<p><button>{labels['send']}</button></p>"
    )
    given = {"method": "post", "action": reading.view.address(CHECK), "encType": "multipart/form-data",
             "className": "check"}  # fmt: skip
    return Still("form", written, given)


register_page(CHECK, TITLE, TELLS, check, order=66)
