"""The 64 figures of the press kit of January 2020, as known on 31 January 2020.

`tests/golden/press_kit_2020.csv` was typed from the kit: value and precision as printed, bounds and derived
figures computed by hand (`how`). Nothing in it comes from the program.
"""

import csv
from pathlib import Path

import pytest

from ennum_stats.errors import UnknownName
from ennum_stats.figures import figure, figures
from ennum_stats.figures.catalogue import definitions
from ennum_stats.languages import LANGUAGES
from ennum_stats.quantities import UNITS, Basis
from ennum_stats.store.answers import Known, Missing
from ennum_stats.vocabulary import ClaimStatus

GOLDEN = Path(__file__).parents[1] / "golden" / "press_kit_2020.csv"
KIT = {row["name"]: row for row in csv.DictReader(GOLDEN.read_text("utf-8").splitlines())}
# Bounds that may still become narrower, as more rules of the calls are used; never wider.
MAY_NARROW = {"en_coverage"}
DAYS = ("1998-01-01", "2012-12-31", "2018-06-30", "2020-01-31", "2020-10-31", "2026-11-24")


def number(text):
    return float(text) if text else None


def near(text):
    """Typed to six places after the point, money to the cent."""
    return None if text == "" else pytest.approx(float(text), rel=1e-6, abs=0.006 * (float(text) > 9))


def test_the_kit_has_64_figures():
    assert len(KIT) == 64


@pytest.mark.parametrize("name", KIT)
def test_a_figure_of_the_kit(kit_ledger, name):
    expected = KIT[name]
    record = figure(kit_ledger, name).record("fr")
    value = near(expected["value"])
    if expected["how"].startswith(("plus de", "more than")):  # only a bound: the print, and no value
        assert (record["value"], record["printed"]) == (None, value)
    elif expected["lower"] and float(expected["lower"]) > float(expected["value"] or "inf"):
        assert (record["value"], record["printed"]) == (None, None)  # a sum of two such bounds
    else:
        assert record["value"] == value
    assert (record["unit"], record["precision"]) == (expected["unit"], expected["precision"])
    if name in MAY_NARROW:
        assert number(expected["lower"]) - 1e-6 <= record["lower"]
        assert record["lower"] <= record["upper"] <= number(expected["upper"]) + 1e-6
    else:
        assert record["lower"] == near(expected["lower"])
        assert record["upper"] == near(expected["upper"])
    assert record["missing_reason"] is None
    assert record["known_at"] == "2020-01-31"


@pytest.mark.parametrize("name", KIT)
def test_a_figure_of_the_kit_comes_from_the_kit(kit_ledger, name):
    """One number was told more precisely before (1,773 in parliament, 2006): the kit's "more than 1,700" stands
    beside it."""
    found = figure(kit_ledger, name)
    record = found.record("fr")
    documents = {o["source_id"] for o in record["observations"]}
    if name == "cyberecole_primary_schools":
        assert documents == {"pw-2006-189"}
        assert any("1\u202f700" in caveat and "dossier de presse" in caveat for caveat in found.caveats("fr"))
    else:
        assert "press-kit-2020" in documents
    for observation in record["observations"]:
        assert observation["locator"]
        assert observation["source_title"]
        assert observation["published_on"] <= "2020-01-31"


def test_all_names_of_the_kit_are_in_the_catalogue(kit_ledger):
    assert set(KIT) <= {found.name for found in figures(kit_ledger)}


# --- what the kit claims -------------------------------------------------------------------------


def test_the_total_investment_is_computed_and_its_claim_consistent(kit_ledger):
    """Section 2 prints "more than 137 million": the rounded parts do not prove it."""
    total = figure(kit_ledger, "total_investment")
    assert isinstance(total.answer, Known)
    assert total.answer.claim_status is ClaimStatus.CONSISTENT
    record = total.record("fr")
    assert record["claim"]["status"] == "consistent"
    assert record["claim"]["observation_id"] == "press-kit-2020.budget_spent.all_programmes"
    assert record["claim"]["text"] == "plus de 137\u00a0millions d’euros"
    assert 136_630_000 <= record["lower"] <= 136_640_000
    assert 137_650_000 <= record["upper"] <= 137_660_000


def test_the_total_investment_is_said_with_its_bounds(kit_ledger):
    assert figure(kit_ledger, "total_investment").text("fr") == "entre 136,6 et 137,7\u00a0millions d’euros"


def test_the_total_investment_names_its_rounded_parts_and_their_interval(kit_ledger):
    """2.1 prints 805 million francs and 2.2 85 million; chart 2 has EN2019 to thousands."""
    (caveat, *_) = figure(kit_ledger, "total_investment").caveats("fr")
    for programme in ("Cyberécole", "Cyberclasse", "École Numérique"):
        assert programme in caveat
    assert "onnectivité" not in caveat
    assert "136,6" in caveat
    assert "137,7" in caveat


def test_the_total_investment_has_the_parts_as_evidence(kit_ledger):
    found = {o.observation_id for o in figure(kit_ledger, "total_investment").observations}
    assert {
        "press-kit-2020.budget_spent.cyberecole.bef",
        "press-kit-2020.budget_spent.cyberclasse",
        "press-kit-2020.budget_spent.connectivity",
        "press-kit-2020.budget_awarded.EN1",
        "press-kit-2020.budget_awarded.EN2019",
    } <= found
    assert "press-kit-2020.budget_spent.all_programmes" not in found


def test_the_calls_prove_more_than_25_million(kit_ledger):
    """Section 2.3; the six calls of chart 2 sum to 25,064,672."""
    budget = figure(kit_ledger, "en_budget_2012_2019")
    assert budget.answer.claim_status is ClaimStatus.PROVED
    assert budget.text("fr") == "plus de 25\u00a0millions d’euros"
    assert budget.quantity.bounds.basis is Basis.PROVED


def test_the_calls_prove_1709_projects(kit_ledger):
    projects = figure(kit_ledger, "en_projects_2012_2019")
    assert projects.answer.claim_status is ClaimStatus.PROVED
    assert projects.text("fr") == "1\u202f709\u00a0projets"


def test_later_calls_do_not_change_the_figures_of_the_kit(ledger_at):
    """ "2012 to 2019" and "20 years" stay what they were once EN2020 has been awarded."""
    later = ledger_at("2026-11-24")
    for name in ("en_projects_2012_2019", "en_budget_2012_2019", "total_investment"):
        assert figure(later, name).record("fr")["value"] == near(KIT[name]["value"]), name


def test_coverage_of_ecole_numerique_is_never_a_value(ledger_at):
    for day in DAYS:
        found = figure(ledger_at(day), "en_coverage").record("fr")
        assert found["value"] is None
        assert "45\u00a0%" not in found["text"]


def test_about_is_a_convention_and_a_rounding_is_proved(kit_ledger):
    assert figure(kit_ledger, "cyberclasse_coverage").quantity.bounds.basis is Basis.CONVENTION
    assert figure(kit_ledger, "cyberclasse_budget").quantity.bounds.basis is Basis.PROVED


# --- the catalogue -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def catalogue(ledger_at):
    return definitions(ledger_at("2026-11-24"))


def test_names_are_unique_and_say_nothing_but_ascii(ledger_at):
    names = [found.name for found in figures(ledger_at("2026-11-24"))]
    assert len(names) == len(set(names))
    assert all(name.isascii() and name == name.lower() and name.isidentifier() for name in names)


def test_every_figure_has_a_known_unit(catalogue):
    assert {d.unit for d in catalogue.values()} <= set(UNITS)


def test_labels_are_unique(ledger_at):
    ledger = ledger_at("2026-11-24")
    labels = [found.label("en") for found in figures(ledger)]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_label_formula_and_words(ledger_at, language):
    for found in figures(ledger_at("2026-11-24")):
        for text in (found.label(language), found.formula(language), found.text(language)):
            assert text.strip() == text != "", found.name
            assert "{" not in text, found.name


def test_labels_and_formulas_are_translated(ledger_at):
    """A text that is the same in English and another language has no translation."""
    missing = [
        (found.name, language)
        for found in figures(ledger_at("2026-11-24"))
        for language in LANGUAGES
        if language != "en"
        and (found.label(language) == found.label("en") or found.formula(language) == found.formula("en"))
    ]
    assert missing == []


def test_every_figure_has_evidence_or_a_reason(ledger_at):
    for day in DAYS:
        for found in figures(ledger_at(day)):
            if isinstance(found.answer, Missing):
                assert found.answer.reason
                assert found.value is None
            else:
                assert found.observations, (day, found.name)
                assert all(o.known_on.isoformat() <= day for o in found.observations)


def test_every_figure_is_known_today(ledger_at):
    assert [f.name for f in figures(ledger_at("2026-11-24")) if isinstance(f.answer, Missing)] == []


def test_nothing_is_known_before_the_first_document(ledger_at):
    assert all(isinstance(f.answer, Missing) for f in figures(ledger_at("1998-01-01")))


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("total_investissement", "total_investment"),
        ("en2018_project", "en2018_projects"),
        ("cyberclass_budget", "cyberclasse_budget"),
    ],
)
def test_an_unknown_name_gets_the_nearest_ones(kit_ledger, name, nearest):
    with pytest.raises(UnknownName, match=nearest) as unknown:
        figure(kit_ledger, name)
    assert name in str(unknown.value)


def test_a_call_of_which_nothing_was_published_has_its_figures(ledger_at):
    """EN2021 opened in October 2021; its winners were never published."""
    found = figure(ledger_at("2021-12-31"), "en2021_projects")
    assert isinstance(found.answer, Missing)
    assert found.record("fr")["value"] is None
    assert found.text("fr") != "0"


def test_the_staff_that_is_left_rests_on_a_reading(kit_ledger):
    """Section 3: 30 people, "en plus des onze AMI": whether these are among the 30 is how we read it."""
    rest = figure(kit_ledger, "staff_others_2019").record("fr")
    assert (rest["value"], rest["basis"], rest["status"]) == (7, "convention", "E")


@pytest.mark.parametrize("day", DAYS)
def test_values_lie_in_their_bounds_and_are_the_side_that_is_taken(ledger_at, day):
    """Whatever the figure: the value is within its bounds or empty, and of two numbers that contradict each
    other the one called taken is the figure's."""
    for found in figures(ledger_at(day)):
        record = found.record("en")
        if record["lower"] is not None and record["upper"] is not None:
            assert record["lower"] <= record["upper"], found.name
        if record["value"] is not None:
            assert record["lower"] is None or record["lower"] <= record["value"], found.name
            assert record["upper"] is None or record["value"] <= record["upper"], found.name
        for conflict, _ in found.against:
            assert conflict.chosen.quantity.bounds == found.quantity.bounds, found.name
