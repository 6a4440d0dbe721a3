"""Published numbers one by one: each row of data/raw is found, filtered, and written as it is printed."""

import csv
from decimal import Decimal

import pytest

from ennum_stats.errors import UnknownName
from ennum_stats.figures import observations
from ennum_stats.periods import Period
from ennum_stats.quantities import Precision, Quantity
from ennum_stats.store.ledger import today
from ennum_stats.typography import fold
from ennum_stats.wording import as_printed

TODAY = "2026-11-25"


@pytest.fixture(scope="module")
def ledger(ledger_at):
    return ledger_at(TODAY)


@pytest.fixture(scope="module")
def newest(ledger_at):
    """All that stands in the raw tables now."""
    return ledger_at(today())


def names(found):
    return {one.observation_id for one in found}


def test_every_published_number_has_its_lines_and_its_record(newest, raw_observations, project):
    """What `corrections.csv` takes out as not comparable has no number any more."""
    with (project.raw / "corrections.csv").open(encoding="utf-8") as file:
        corrected = {row["observation_id"] for row in csv.DictReader(file)}
    found = observations.observations(newest, observations.ObservationFilter(), "fr")
    assert names(found) == set(raw_observations)
    for one in found:
        row = raw_observations[one.observation_id]
        lines = observations.observation_lines(newest, one, "fr")
        assert lines[0].startswith(f"{one.observation_id}: ")
        assert any(line.endswith(row["locator"]) for line in lines)
        plain = observations.record(newest, one, "fr")
        assert tuple(plain) == observations.RECORD_COLUMNS
        assert plain["source_id"] == row["source_id"]
        if row["value"] and one.observation_id not in corrected:
            digits = f"{Decimal(row['value']):.2f}".rstrip("0").rstrip(".").replace(".", ",")
            shown = lines[1].replace("\u202f", "")
            assert digits in shown or "million" in shown, (digits, shown)


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        ({"measure": "projects_awarded"}, lambda row: row["measure"] == "projects_awarded"),
        ({"call": "en2018"}, lambda row: row["call"] == "EN2018"),
        ({"programme": "plan_2022_2026"}, lambda row: row["programme"] == "plan_2022_2026"),
        ({"document": "rtbf"}, lambda row: row["source_id"] == "rtbf-2020-01"),
        ({"texts": ("réseaux", "REPRISE")}, lambda row: "european_recovery" in row["observation_id"]
            and row["measure"] == "wifi_sites_planned"),
        ({"known": Period("2018-06-06")}, lambda row: row["source_id"] == "regional-it-2018-06-06"),
        ({"call": "EN2018", "measure": "budget_awarded", "document": "L'Echo"},
            lambda row: row["observation_id"] == "lecho-2018-06.budget_awarded.EN2018"),
    ],
    ids=lambda value: "rows" if callable(value) else str(value),
)  # fmt: skip
def test_filters_choose_the_rows_that_have_it(newest, raw_observations, asked, chosen):
    expected = {name for name, row in raw_observations.items() if chosen(row)}
    assert expected
    assert names(observations.observations(newest, observations.ObservationFilter(**asked), "fr")) == expected


@pytest.mark.parametrize("wrong", [{"measure": "budget"}, {"call": "EN1999"}, {"document": "xyz"}])
def test_what_nothing_is_known_of_gets_the_nearest_names(ledger, wrong):
    with pytest.raises(UnknownName, match="Nearest names"):
        observations.observations(ledger, observations.ObservationFilter(**wrong), "fr")
    with pytest.raises(UnknownName, match="press-kit-2020"):
        observations.observation_named(ledger, "press-kit-2020.projects_awarded.EN2022")


def test_nothing_is_listed_before_it_was_known(ledger_at):
    early = ledger_at("2018-06-30")
    assert names(
        observations.observations(
            early, observations.ObservationFilter(call="EN2018", measure="budget_awarded"), "fr"
        )
    ) == {
        f"{source}.budget_awarded.EN2018"
        for source in ("lecho-2018-06", "regional-it-2018-06-06", "pw-2018-06-21-87937")
    }


def test_who_says_otherwise_stands_on_both_sides(ledger):
    """EN2018: 326 projects in the kit, 325 in three documents; "quelque 325" is read as 324.5 to 325.5."""
    found = observations.disagreeing(ledger)
    kit = [side.number for _, side in found["press-kit-2020.projects_awarded.EN2018"]]
    assert kit == [325, 325, 325, 325]
    assert [s.number for _, s in found["lecho-2018-06.projects_awarded.EN2018"]] == [326]
    assert "regional-it-2018-06-06.projects_awarded.EN2018" in found


def test_a_number_of_several_calls_is_of_all_their_school_years(ledger):
    """Press kit of 2020, graph 1: EN1 was in 2012-2013, EN2019 in 2018-2019."""
    names = (f"press-kit-2020.projects_awarded.{call}" for call in ("EN1_EN2019", "EN1"))
    of = [observations.observation_named(ledger, name) for name in names]
    assert [observations.time_words(ledger, one, "en") for one in of] == ["2012–2019", "2012–2013"]


# --- as printed -----------------------------------------------------------------------------------

PRINTED = [
    # graphique 2 of the kit; section 2.2; the agency's page; Batichronique; L'Echo; Data News
    ("6825000", "EUR", "rounded", "1000", "fr", "6 825 000 euros"),
    ("85000000", "EUR", "rounded", "1000000", "fr", "85 millions d’euros"),
    ("3800", "implantations", "about", "100", "fr", "environ 3 800 implantations"),
    ("325", "projects", "about", "1", "nl", "ongeveer 325 projecten"),
    ("1800", "teachers", "more_than", "100", "en", "more than 1,800 teachers"),
    ("5000", "devices", "nearly", "1000", "de", "fast 5.000 Geräte"),
    ("11.2", "per_100_pupils", "rounded", "0.1", "fr", "11,2 pour 100 élèves"),
    ("40", "percent", "more_than", "1", "fr", "plus de 40 %"),
    ("15", "pupils/computer", "at_most", "1", "fr", "au plus 15 élèves par ordinateur"),
]


@pytest.mark.parametrize(("value", "unit", "precision", "step", "language", "expected"), PRINTED)
def test_a_number_is_quoted_as_it_is_printed(value, unit, precision, step, language, expected):
    quantity = Quantity.printed(Decimal(value), unit, Precision(precision), Decimal(step))
    assert fold(as_printed(quantity, language)) == fold(expected)
