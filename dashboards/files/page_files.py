"""Pages as files, and as a code that leads a phone to them: what an address shows, with its choices."""

from __future__ import annotations

from importlib import import_module
from io import BytesIO

import segno
from flask import Blueprint, Response, abort, request

from dashboards.files import downloads
from dashboards.files.page_pdf import page_pdf
from dashboards.files.page_slides import page_slides
from dashboards.follow import public_address
from dashboards.inner import CODE
from dashboards.reading import Reading, reading_at
from dashboards.registry import OVERVIEW, Page, page_of_file
from ennum_stats.languages import LANGUAGES

FORMS = {"pdf": page_pdf, "pptx": page_slides}
page_files = Blueprint("page_files", __name__)


@page_files.get(f"/<language>/{CODE}<path:name>")
def code(language: str, name: str) -> Response:
    """Make a code that leads a phone to a page as it is chosen here."""
    _, reading = page_and_reading(language, name)
    drawn = BytesIO()
    segno.make(public_address(reading.view.address()), error="m", micro=False).save(
        drawn, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, omitsize=True
    )
    return Response(drawn.getvalue(), content_type=downloads.TYPES["svg"])


def load_libraries() -> None:
    """Load what only some answers need, which takes a tenth of a second, before anyone asks for one: once for all
    workers, which share its memory."""
    for name in ("fontTools.ttLib", "highspy", "pptx.chart.data", "typst", "xlsxwriter"):
        import_module(name)


def page_and_reading(language: str, name: str) -> tuple[Page, Reading]:
    """Give the page that a file is of, and what it is drawn from."""
    page = page_of_file(name)
    if page is None or language not in LANGUAGES:
        abort(404)
    path = "" if name == OVERVIEW else name
    return page, reading_at(language, path, request.query_string.decode(), page.filters)


@page_files.get("/<language>/<path:name>.pdf", defaults={"form": "pdf"})
@page_files.get("/<language>/<path:name>.pptx", defaults={"form": "pptx"})
def page_file(language: str, name: str, form: str) -> Response:
    """Give a page as a file."""
    page, reading = page_and_reading(language, name)
    content = FORMS[form](page, reading)
    return downloads.answer(reading.ledger, content, name.replace("/", "-"), form)
