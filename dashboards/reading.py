"""What a page is drawn from: the view that an address asks for, and the store as known on its day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from flask import current_app, g, request

from dashboards.served_store import OpenedStore, PublishedStore
from dashboards.view import (
    NO_LANGUAGE,
    SEPARATOR,
    Filter,
    View,
    nearest_language,
    settled_choice,
    settled_day,
    with_choices,
    with_day,
)
from ennum_stats.charts.catalogue import Units
from ennum_stats.errors import Message, StoreMissing, message
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.measures.prices import NOMINAL
from ennum_stats.project import Audience
from ennum_stats.store.ledger import Ledger

_PATH = re.compile(r"/([A-Za-z]{2}(?:[-_][A-Za-z]{2})?)/(.*)", re.DOTALL)
MOST_PARAMETERS = 30
CARRIED = ("prices", "units", "call", "share", "province")


@dataclass(frozen=True)
class Reading:
    """Hold a view with the ledger and the edition that it is drawn from; what every helper is given first."""

    view: View
    ledger: Ledger
    edition: OpenedStore

    @property
    def language(self) -> str:
        """Give one of the four."""
        return self.view.language

    def t(self, text: str | Message, /, **values: object) -> str:
        """Give a text in the reader's language."""
        return translate(text, self.language, **values)

    def choice(self, name: str) -> str:
        """Tell what is chosen; empty where that is what is meant without choosing."""
        return self.view.choice(name)

    def chosen(self, name: str) -> tuple[str, ...]:
        """Give the values chosen of a filter that takes several; none means all."""
        return self.view.chosen(name)

    @property
    def is_public(self) -> bool:
        """Tell whether it holds nothing under embargo: only that may stand in feeds and in pages of
        others."""
        return self.ledger.audience is Audience.PUBLIC

    @property
    def prices(self) -> str:
        """Give the euros in which amounts are shown: of their time, or of a year."""
        return self.choice("prices") or NOMINAL

    @property
    def is_in_shares(self) -> bool:
        """Tell whether parts are shown as shares of their whole."""
        return self.units == "shares"

    @property
    def units(self) -> Units:
        """Give the units asked for; empty where each number is as it is meant to be."""
        return units_of(self.view)

    def carried(self, page: str) -> dict[str, str]:
        """Tell what of the choices goes along to the evidence of a call, figure, chart or point, so that
        it shows the same."""
        if not page.startswith(("call/", "figure/", "chart/", "point/")):
            return {}
        return {name: self.choice(name) for name in CARRIED if self.choice(name)}

    def evidence(self, page: str) -> str:
        """Give the address of the evidence of a call, figure, chart or point, with what goes along to it."""
        return self.view.address(page, **self.carried(page))

    def kept_for(self, filters: Sequence[Filter]) -> dict[str, str]:
        """Tell what a reader keeps when going to another page that offers it too, by what that page
        offers."""
        names = [choice.name for choice in filters if choice.is_kept]
        return {name: self.choice(name) for name in names if self.choice(name)}

    def with_ids(self, place: str) -> Reading:
        """Give the same with ids of its own, for what is shown beside another page."""
        return replace(self, view=replace(self.view, place=place))


def units_of(view: View) -> Units:
    """Give the units that a view asks for."""
    units = view.choice("units")
    return "shares" if units == "shares" else "numbers" if units == "numbers" else ""


def store_of() -> PublishedStore:
    """Give the store that this server follows."""
    store = current_app.extensions["ennum"]
    assert isinstance(store, PublishedStore)
    return store


def edition_shown() -> OpenedStore | None:
    """Give the store of the answer that is being made, which stays the same to the end, whatever is
    published; nothing where none could be opened yet."""
    if "edition" not in g:
        g.edition = store_of().edition()
    edition: OpenedStore | None = g.edition
    return edition


def accepted_languages() -> list[str]:
    """List what the browser asks for, best first."""
    return [language for language, _ in request.accept_languages]


def edition_of() -> OpenedStore:
    """Give the store of the answer that is being made. Raise `StoreMissing`."""
    edition = edition_shown()
    if edition is None:
        raise StoreMissing(message("No store has been built yet."), remedy=message("Run: ennum build"))
    return edition


def split_path(path: str) -> tuple[str, str] | None:
    """Give language and page of an address; nothing where it begins with no language ("xx" might be one)."""
    parts = _PATH.fullmatch(path)
    return (parts[1], parts[2]) if parts else None


def asked_of(search: str) -> Mapping[str, str]:
    """Give the parameters of an address; one given several times, as check boxes do, has its values
    joined."""
    try:
        pairs = parse_qsl(search.lstrip("?"), max_num_fields=MOST_PARAMETERS)
    except ValueError:
        return {}
    parameters: dict[str, str] = {}
    for name, value in pairs:
        parameters[name] = f"{parameters[name]}{SEPARATOR}{value}" if name in parameters else value
    return parameters


def settled_search(edition: OpenedStore, filters: Sequence[Filter], search: str) -> str:
    """Give the parameters of an address in the one form of all that give the same view, with the same
    notices: whatever is asked, there are as many of these as there are views."""
    parameters = asked_of(search)
    day = settled_day(parameters.get("known_at", "").split(SEPARATOR)[0], edition.days)
    read = [choice for choice in filters if parameters.get(choice.name)]
    chosen: dict[str, str] = {}
    if read:
        ledger = edition.at(with_day(View("", ""), day, edition.days).known_at)
        for choice in read:
            chosen[choice.name] = settled_choice(choice, parameters, ledger, chosen)
    return encoded({"known_at": day, **chosen})


def encoded(values: Mapping[str, str]) -> str:
    """Write the parameters of an address that have a value."""
    return urlencode({name: value for name, value in values.items() if value}, safe=SEPARATOR)


def reading_at(
    language: str, name: str, search: str, filters: Sequence[Filter] = (), accepted: Sequence[str] = ()
) -> Reading:
    """Tell what an address asks for, or the nearest that there is. Raise `StoreMissing`."""
    edition, parameters = edition_of(), asked_of(search)
    view = View(nearest_language(language, accepted), name)
    if language not in LANGUAGES:
        view = replace(view, notices=(NO_LANGUAGE,))
    view = with_day(view, parameters.get("known_at", "").split(SEPARATOR)[0], edition.days)
    ledger = edition.at(view.known_at)
    return Reading(with_choices(view, parameters, filters, ledger), ledger, edition)
