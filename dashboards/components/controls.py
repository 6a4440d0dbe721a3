"""What a reader chooses for the whole page: lists and check boxes, and the chips that undo a choice.

A control changes the address and nothing else; the page is then drawn anew from it. So no part of a page can
be left behind, and without a script the same controls are an ordinary form. They are written here alone, as
HTML of the browser's own controls; `assets/controls.js` listens to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dash import html
from dash.development.base_component import Component

from dashboards.components.browser import Kept, Still, dashed
from dashboards.components.texts import onward
from dashboards.reading import Reading
from dashboards.registry import Page
from dashboards.view import SEPARATOR, Filter
from ennum_stats.errors import message
from ennum_stats.periods import period_of

SHOW = message("Show")
NO_LONGER = message("No longer chosen: {label}")
CHOSEN = message("Chosen")
DAY = message("{day}")


def controls(reading: Reading, page: Page) -> list[Component]:
    """Lay out the choices of a page as a form, and as chips what was chosen; nothing where a page has none."""
    shown = tuple(choice for choice in page.filters if not (choice.is_carried or choice.is_place))
    if not shown:
        return []
    known_at = reading.view.known_at
    kept = [Kept("known_at", known_at.isoformat())] if known_at else []
    kept += [
        Kept(choice.name, value)
        for choice in page.filters
        if choice.is_carried or is_added_to(choice.among(reading.view.choices or {}))
        for value in reading.chosen(choice.name)
    ]
    fields = [field for choice in shown for field in _control(reading, choice)]
    form = html.Form(
        [html.Div(kept, hidden=True), *fields, show_button(reading)], className="choices", method="get"
    )
    return [form, html.Div(chips(reading, shown))]


def show_button(reading: Reading) -> html.P:
    """Lay out what sends a form where no script does."""
    return html.P(html.Button(reading.t(SHOW), className="plain"), className="no-script")


def is_added_to(choice: Filter) -> bool:
    """Tell whether values are typed one after the other, each beside those that are chosen."""
    return choice.is_many and (choice.is_searched or choice.is_day)


def _control(reading: Reading, declared: Filter) -> list[Component]:
    """Lay out the control of a filter; none where only one value is possible, which is meant anyway."""
    choice = declared.among(reading.view.choices or {})
    options = [(o.value, o.label) for o in choice.options(reading.ledger, reading.language)]
    field, label = reading.view.id(f"choice-{choice.name}"), reading.t(choice.label)
    if choice.is_text:
        return [search(choice.name, label, [], reading.choice(choice.name), field=field)]
    if len(options) < (1 if choice.is_many else 2):
        return []
    if is_added_to(choice):
        suggested = [(value, value if choice.is_day else label) for value, label in options]
        kind = "date" if choice.is_day else "search"
        return [search(choice.name, label, suggested, "", field=field, kind=kind)]
    if choice.is_day:
        value = reading.choice(choice.name) or options[0][0]
        days = sorted({value for value, _ in options})
        suggested = [(day, day) for day in days]
        return [search(choice.name, label, suggested, value, field=field, kind="date")]
    if choice.is_searched:
        labels = dict(options)
        suggested = [(label, label) for value, label in options if value and value == label]
        value = reading.choice(choice.name)
        return [search(choice.name, label, suggested, labels.get(value, value), field=field)]
    value = reading.choice(choice.name) or ("" if choice.is_many else options[0][0])
    drawn = checks if choice.is_many else select
    return [drawn(choice.name, label, options, value, field=field)]


def select(
    name: str, label: str, options: Sequence[tuple[str, str]], value: str, *, field: str, slider: str = ""
) -> Still:
    """Write a list; with `slider`, a range over the same values stands beside it, the last one on the left."""
    listed = "".join(
        f'<option value="{escape(code)}"{" selected" * (code == value)}>{escape(text)}</option>'
        for code, text in options
    )
    written = (
        f'<label for="{field}">{escape(label)}</label>'
        f'<select id="{field}" name="{escape(name)}">{listed}</select>'
    )
    if slider:
        codes = [code for code, _ in options]
        last, at = len(codes) - 1, codes.index(value) if value in codes else 0
        written += (
            f'<input class="slider" id="{field}-slider" type="range" min="0" max="{last}" step="1" '
            f'value="{last - at}" aria-label="{escape(slider)}" '
            f'aria-valuetext="{escape(dict(options).get(value, ""))}">'
        )
    return Still("p", written, {"className": "choice"})


def checks(name: str, label: str, options: Sequence[tuple[str, str]], value: str, *, field: str) -> Still:
    """Write check boxes under a summary: several values of one filter, parted by `SEPARATOR` in `value`."""
    chosen, given = value.split(SEPARATOR), escape(name)
    boxes = "".join(
        f'<li><label><input type="checkbox" id="{field}-{escape(code)}" name="{given}" value="{escape(code)}"'
        f"{' checked' * (code in chosen)}>{escape(text)}</label></li>"
        for code, text in options
    )
    written = f'<summary>{escape(label)}</summary><ul class="checks">{boxes}</ul>'
    return Still("details", written, {"className": "choice", "id": field})


def search(
    name: str, label: str, options: Sequence[tuple[str, str]], value: str, *, field: str, kind: str = "search"
) -> Still:
    """Write a field of a `kind`, "search" or "date", with suggestions. What is typed is chosen when the field is
    left or sent: beside the values that its form keeps under the same name."""
    listed = "".join(f'<option value="{escape(text)}"></option>' for _, text in options)
    written = (
        f'<label for="{field}">{escape(label)}</label>'
        f'<input type="{kind}" id="{field}" name="{escape(name)}" value="{escape(value)}" '
        f'list="{field}-list" autocomplete="off"><datalist id="{field}-list">{listed}</datalist>'
    )
    return Still("p", written, {"className": "choice"})


def finder(label: str, button: str, address: str, suggest: str, value: str, known_at: str) -> Still:
    """Write the field by which everything is found; a script asks `suggest` for suggestions as one types."""
    send = escape(button)
    written = (
        f'<label for="q">{escape(label)}</label>'
        f'<input type="search" id="q" name="q" value="{escape(value)}" placeholder="{send}" maxlength="80" '
        f'autocomplete="off" spellcheck="false"><button title="{send}">{send}</button>'
    )
    if known_at:
        written += f'<input type="hidden" name="known_at" value="{escape(known_at)}">'
    given = {"className": "finder", "role": "search", "method": "get", "action": address}
    return Still("form", written, given | dashed(data_suggest=suggest))


def chips(reading: Reading, filters: tuple[Filter, ...]) -> list[Component]:
    """Make a link for each value chosen of a filter that takes several or is searched; it takes the value away."""
    items = []
    for declared in filters:
        choice = declared.among(reading.view.choices or {})
        if not (choice.is_many or choice.is_searched):
            continue
        labels = {o.value: o.label for o in choice.options(reading.ledger, reading.language)}
        for value in reading.chosen(choice.name):
            address = reading.view.with_value(choice.name, value)
            label = labels.get(value) or reading.t(DAY, day=period_of(value, choice.name))
            name = reading.t(NO_LONGER, label=label)
            cross = html.Span("×", **dashed(aria_hidden="true"))
            key = reading.view.id(f"chip-{choice.name}-{value}")
            items.append(html.Li(onward(address, [label, " ", cross], id=key, aria_label=name)))
    if not items:
        return []
    return [html.Ul(items, className="chips", **dashed(aria_label=reading.t(CHOSEN)))]
