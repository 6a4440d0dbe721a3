"""What a reader takes along from a page: its address, a code for a phone, files, a citation, and, of a chart,
its picture and what shows it on another site."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components.browser import SavedViews, SvgDrawing, dashed
from dashboards.components.charts import declared
from dashboards.components.citation import title_cited
from dashboards.components.texts import copy_button, downloads, onward
from dashboards.follow import public_address
from dashboards.inner import CODE, EMBED
from dashboards.reading import Reading
from dashboards.registry import OVERVIEW
from ennum_stats.drawing.picture import picture_tag
from ennum_stats.drawing.theme import ON_PHONE
from ennum_stats.errors import message
from ennum_stats.languages import day

TAKE_ALONG = message("Take along")
ADDRESS, LIVING = message("Address"), message("with the figures of the day it is opened")
PINNED = message("as known on {day}, for ever")
CODE_OF = message("Code that leads a phone to: {what}")
COPY_IMAGE, COPY_IMAGE_OF = message("Copy the image"), message("Copy the image: {what}")
IMAGE_SAVED = message("This browser copies no images: the image was downloaded.")
ON_ANOTHER_SITE = message("On another site")
FRAME_LIVING = message("Frame that follows the figures")
FRAME_PINNED = message("Frame that keeps them as known on {day}")
PICTURE = message("Picture with a link, where no frames are allowed")
LIGHT = message(
    "A frame loads at most 50 kB the first time and 5 kB after that, a map more; it has no script and no "
    "cookie."
)
SAVED_VIEWS, NAME_OF_VIEW = message("Saved views"), message("Name of this view")
SAVE, DELETE = message("Save"), message("Delete: {name}")
KEPT_HERE = message("Views are kept in this browser only; nothing is sent.")
NOT_KEPT = message("This browser keeps nothing here (private window?): the view was not saved.")
_OF_CHART, _OF_FIGURE = "chart/", "figure/"
_FRAME_HEIGHT = 640
_CITED_ALREADY = (_OF_CHART, _OF_FIGURE, "document/")
"""Pages that tell themselves how they are cited."""


def take_along(
    reading: Reading, title: str, draw: Callable[[Sequence[Any]], list[Component]]
) -> html.Details:
    """Give all that can be taken from a page, folded away; `title` is what the page is called, and `draw`
    makes components of blocks."""
    view = reading.view
    name = view.page
    is_cited_already = name.startswith(_CITED_ALREADY)
    cited = [] if is_cited_already else draw([title_cited(reading, "page", title)])
    inside: list[Component | None] = [
        _addresses(reading, title),
        *downloads(
            reading, view.page or OVERVIEW, ("pdf", "pptx"), title, **(view.choices or {})
        ),
        html.P(image_button(reading, title)) if name.startswith((_OF_CHART, _OF_FIGURE)) else None,
        _snippets(reading, name.removeprefix(_OF_CHART)) if name.startswith(_OF_CHART) else None,
        *cited,
        SavedViews(
            title=title, label=reading.t(SAVED_VIEWS), field=reading.t(NAME_OF_VIEW),
            save=reading.t(SAVE), remove=reading.t(DELETE, name="{name}"),
            told=reading.t(KEPT_HERE), failed=reading.t(NOT_KEPT),
        ),
    ]  # fmt: skip
    return html.Details(
        [html.Summary(reading.t(TAKE_ALONG)), *(item for item in inside if item is not None)],
        className="take-along", id="take-along",
    )  # fmt: skip


def file_address(reading: Reading, form: str) -> str:
    """Tell where a page is as a file: below its own address, with all that is chosen."""
    page = reading.view.page or OVERVIEW
    return reading.view.address(f"{page}.{form}", **(reading.view.choices or {}))


def _addresses(reading: Reading, title: str) -> html.Div:
    """Give the address that follows the figures and the one that keeps them, and a code for the first."""
    view, known_at = reading.view, reading.ledger.known_at
    pinned = view.address(known_at=known_at.isoformat())
    kinds = [(reading.t(PINNED, day=day(known_at, reading.language)), pinned)]
    if not view.known_at:
        kinds.insert(0, (reading.t(LIVING), view.address()))
    rows = [
        html.Li([onward(there, words), " ", copy_button(reading, f"{title}, {words}", title, there)])
        for words, there in kinds
    ]
    texts: list[Component] = [html.Div([html.P(reading.t(ADDRESS)), html.Ul(rows)])]
    if not public_address("").startswith("http"):  # a code needs the name of this server
        return html.Div(texts)
    code = view.address(f"{CODE}{view.page or OVERVIEW}", **(view.choices or {}))
    drawn = (  # loaded when it is seen, which `html.Img` cannot say
        f'<img src="{escape(code)}" alt="{escape(reading.t(CODE_OF, what=title))}" width="148" '
        'height="148" loading="lazy">'
    )
    return html.Div([*texts, SvgDrawing(drawn, "code")], className="share")


def image_button(reading: Reading, title: str) -> html.Button:
    """Make a button that copies the picture that a page is of, or saves it where a browser cannot."""
    return html.Button(
        reading.t(COPY_IMAGE), className="plain with-script", type="button",
        **dashed(data_picture=file_address(reading, "png"), data_saved=reading.t(IMAGE_SAVED),
                 aria_label=reading.t(COPY_IMAGE_OF, what=title)),
    )  # fmt: skip


def _snippets(reading: Reading, name: str) -> html.Details | None:
    """Tell what another site needs to show a chart; nothing where this server lets none."""
    if not reading.is_public:
        return None
    view, drawn = reading.view, declared(reading, name)
    known_at = reading.ledger.known_at
    pinned, chosen = {"known_at": known_at.isoformat()}, dict(view.choices or {})

    def address(page: str, **changes: str) -> str:
        return escape(public_address(view.address(page, **chosen, **changes)))

    def frame(**changes: str) -> str:
        return (
            f'<iframe src="{address(f"{EMBED}{name}", **changes)}" title="{escape(drawn.title)}" '
            f'width="100%" height="{_FRAME_HEIGHT}" loading="lazy" style="border:0"></iframe>'
        )

    plain, phone = (
        public_address(view.address(f"{EMBED}{name}{ending}.png", **chosen, **pinned))
        for ending in ("", ON_PHONE)
    )
    picture = (
        f'<a href="{address(f"{_OF_CHART}{name}", **pinned)}">{picture_tag(plain, phone, drawn.alt)}</a>'
    )
    forms = [
        (reading.t(FRAME_PINNED, day=day(known_at, reading.language)), frame(**pinned)),
        (reading.t(PICTURE), picture),
    ]
    if not view.known_at:
        forms.insert(0, (reading.t(FRAME_LIVING), frame(known_at="")))
    shown: list[Any] = []
    for words, text in forms:
        button = copy_button(reading, words, text, "")
        shown += [html.P([words, " ", button]), html.Pre(text, lang="")]
    heading = html.Summary(reading.t(ON_ANOTHER_SITE))
    light = html.P(reading.t(LIGHT), className="note")
    return html.Details([heading, *shown, light], className="citation")
