"""Give each view one address: parameters that nothing reads go, values that there are not become the nearest.

However many addresses are asked, there are as many answers as views, so nobody can make a server draw
the same page again and again by asking for nonsense."""

from __future__ import annotations

from urllib.parse import parse_qsl

from dashboards.inner import CODE, EMBED
from dashboards.reading import MOST_PARAMETERS, asked_of, encoded, settled_search, split_path
from dashboards.registry import Page, page_at, page_of_file
from dashboards.served_store import OpenedStore
from ennum_stats.drawing.theme import ON_PHONE

_TABLE_PARAMETERS = ("by", "known_at", "prices", "universe")
_READ_NOTHING = (".atom", ".ics")
"""What is the same whatever its address asks."""


def settled(path: str, search: str, edition: OpenedStore) -> str | None:
    """Give the parameters that an address should have; nothing where it has them, in whatever order, or
    where any may be asked."""
    page = _page_of(path)
    parameters = asked_of(search)
    if page is not None:
        settled_form = settled_search(edition, page.filters, search)
    elif path.endswith(_READ_NOTHING):
        settled_form = ""
    elif (split_path(path) or ("", ""))[1].startswith("table/"):
        settled_form = encoded({name: parameters[name] for name in _TABLE_PARAMETERS if name in parameters})
    else:
        return None
    return None if sorted(_pairs(search)) == sorted(_pairs(settled_form)) else settled_form


def is_typed(path: str, search: str) -> bool:
    """Tell whether an address asks for whatever a reader typed: there are as many answers as texts."""
    page = _page_of(path)
    parameters = asked_of(search)
    return page is not None and any(choice.is_text and choice.name in parameters for choice in page.filters)


def _pairs(search: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(search.lstrip("?"), keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:  # more than any page reads
        return [("", search)]


def _page_of(path: str) -> Page | None:
    """Find the page of a path; a file of a page ("compare.csv"), its code ("code/compare") and a chart
    elsewhere ("embed/chart/NAME") read what their page does."""
    language_and_name = split_path(path)
    if language_and_name is None:
        return None
    name = language_and_name[1].removeprefix(CODE)
    if name.startswith(EMBED):
        name = f"chart/{name.removeprefix(EMBED).replace(f'{ON_PHONE}.', '.')}"
    return page_at(name) or page_of_file(name)
