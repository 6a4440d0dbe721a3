"""How things stood at a time is never told without it: on cards, in the texts of the kit, in titles of charts."""

import re
from types import SimpleNamespace

import pytest
from babel.dates import format_date

from ennum_stats.charts.catalogue import chart
from ennum_stats.charts.programmes import equipment_lots
from ennum_stats.charts.spec import ChartOptions
from ennum_stats.doubt.sentences import lines_of_blocks
from ennum_stats.figures import figures
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.filling import Resolver
from ennum_stats.kit.text import kit_text
from ennum_stats.languages import LANGUAGES
from ennum_stats.measures.programmes import equipment_rows
from ennum_stats.store.answers import Known

DAYS = ("2019-06-30", "2020-01-31", "2026-11-24")
OF_A_TIME = {
    "implantations", "etablissements_equipped", "implantations_equipped", "sites_installed", "staff",
    "never_awarded_share", "connected_share", "teams_equipped",
}  # fmt: skip
"""Measures of the figures that count what is there at a time, and not what a call or a year brought."""


def time_of(observation, language):
    """When a number is of, from its cells: the end of its own time, or, where that was not over or is not
    told, the date of its document, no finer than printed."""
    end, source = observation.valid_to, observation.source
    if end is None or end > source.known_on:
        end, printed = source.known_on, source.published_on or source.known_on.isoformat()
    else:
        is_month = observation.valid_from.month == end.month and observation.valid_from.year == end.year
        printed = f"{end:%Y-%m}" if is_month else f"{end:%Y}"
    month = format_date(end, "LLLL y", locale=language)
    return end, month if len(printed) >= len("2020-01") else f"{end:%Y}"


def states(ledger, language):
    """The figures that rest on such a measure, each with the words of its latest time."""
    for figure in figures(ledger):
        if isinstance(figure.answer, Known) and {o.measure for o in figure.observations} & OF_A_TIME:
            yield figure, max(time_of(o, language) for o in figure.observations)[1]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_states_are_told_with_their_time(ledger_at, day, language):
    edition = Edition(ledger_at(day), language)
    times = {figure.name: time for figure, time in states(edition.ledger, language)}
    assert day < "2020" or len(times) > 15
    for name, time in times.items():
        assert time in edition.figure(name).full_text(language), name
        assert time in edition.key_figure(name).precision, name
    lines = [
        line
        for name in ("press-kit", "release")
        for line in lines_of_blocks(name, Resolver(edition).resolved(kit_text(language, name)))
    ]
    told = [
        (name.partition(".")[0], line.words)
        for line in lines
        for name, _ in line.figures
        if not name.endswith((".noun", ".when", ".published"))
    ]
    assert day < "2020" or len([name for name, _ in told if name in times]) > 10
    assert [(name, words) for name, words in told if name in times and times[name] not in words] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_of_charts_tell_when_a_state_was(ledger_at, language):
    ledger, month = (
        ledger_at("2026-11-24"),
        {"fr": "janvier", "de": "Januar", "nl": "januari", "en": "January"},
    )
    for name in ("connectivity_progress", "team_over_time", "coverage_by_programme", "equipment_lots"):
        assert f"{month[language]} 2020" in chart(ledger, name, language).title, name


def test_lots_are_not_set_beside_types_of_computer(ledger_at, monkeypatch):
    """A lot is no type of computer: where no lots are known, the title tells no number."""
    ledger = ledger_at("2020-01-31")
    assert "type" not in chart(ledger, "equipment_lots", "fr").title
    types = [row for row in equipment_rows(ledger).rows if row.value.quantity.unit == "types"]
    monkeypatch.setattr(
        "ennum_stats.measures.programmes.equipment_rows", lambda _: SimpleNamespace(rows=types)
    )
    title = equipment_lots(ledger, "fr", ChartOptions()).title
    assert len(types) == 2
    assert not re.search(r"\d", title), title
