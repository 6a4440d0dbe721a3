"""Rates per inhabitant and pupil of communes: numbers invented for these tests, in a demonstration that says so."""

import pandas as pd
import pytest

import ennum_stats
from ennum_stats.imports import apply, plan_import, template
from ennum_stats.measures.frames.rates import BASES, numbers_of_communes, rate
from ennum_stats.project import Project
from ennum_stats.quantities import Quantity, Reason
from ennum_stats.store.answers import Known, Missing
from ennum_stats.store.build import build
from tests.conftest import copied_project, plain

DOCUMENT = {
    "title": "Population inventée (données fictives)", "publisher": "Inventé", "kind": "official",
    "published_on": "2020-06-01", "retrieved_on": "2020-06-02", "locator": "table 1",
}  # fmt: skip
REVISED = DOCUMENT | {
    "title": "Population révisée (fictive)",
    "published_on": "2021-06-01",
    "retrieved_on": "2021-06-01",
}
OFTEN, NAMUR, MODAVE = "91059", "92094", "61041"
"""The demonstration of the tests has five projects in the first, a few in the others."""


def rows_of(commune, inhabitants, pupils="", document=DOCUMENT, year="2020"):
    return {**document, "CD_REFNIS": commune, "year": year, "inhabitants": inhabitants, "pupils": pupils}


@pytest.fixture(scope="module")
def form(tmp_path_factory):
    """A file of communes, with rows of all Belgium as Statbel's have them."""
    path = tmp_path_factory.mktemp("form") / "communes.csv"
    rows = [
        rows_of(OFTEN, "4000", "1000"), rows_of(NAMUR, "110000", "30000"), rows_of(MODAVE, "900", "90"),
        rows_of("11002", "520000"), rows_of("60000", "1100000"), rows_of("04000", "1200000"),
        rows_of(OFTEN, "5000", "1001", REVISED),
    ]  # fmt: skip
    pd.DataFrame(rows).to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def opened(demonstration, form, tmp_path_factory):
    project = Project(copied_project(demonstration.root, tmp_path_factory.mktemp("rates") / "project"))
    plan = plan_import("communes", form, project)
    assert (plan.taken, plan.left_out, plan.refused) == ((2, 3, 4, 8), 3, ())
    apply(plan)
    build(project)
    with ennum_stats.open(project.root) as store:
        yield store


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"CD_REFNIS": "82039"}, "merged since"),
        ({"CD_REFNIS": "62999"}, "no commune of Wallonia"),
        ({"inhabitants": ""}, "no number and no reason"),
        ({"inhabitants": "12,5"}, "no such fraction"),
        ({"inhabitants": "between 14 and 16"}, "not a whole number"),
        ({"inhabitants": "about 900"}, "precision do not say the same"),
        ({"locator": ""}, "Where in the document"),
        ({"title": ""}, "not known yet"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_reason(raw_copy, tmp_path, changed, words):
    path = tmp_path / "communes.csv"
    pd.DataFrame([rows_of(OFTEN, "4000") | changed]).to_csv(path, index=False)
    plan = plan_import("communes", path, raw_copy.project)
    assert plan.contents == {}
    assert words in " ".join(str(refusal.reason) for refusal in plan.refused)


def test_the_form_comes_back_as_it_is_without_its_example(raw_copy, tmp_path):
    form = template("communes", raw_copy.project, tmp_path / "form.xlsx", "de")
    assert plan_import("communes", form, raw_copy.project).contents == {}


def test_a_rate_stands_beside_its_count_and_what_it_is_of(opened):
    """Five projects among 5,000 inhabitants of the later document: 1 per 1,000."""
    table = opened.table(["winners"], by="commune", per="inhabitants", provenance=True, labels="fr")
    rows = table.set_index(["commune", "measure"])
    assert opened.winners(by="commune").set_index("commune").loc[OFTEN, "projects"] == 5
    assert rows.loc[(OFTEN, "inhabitants"), "value"] == 5000
    found = rows.loc[(OFTEN, "projects_per_1000_inhabitants")]
    assert (found["value"], found["lower"], found["upper"], found["unit"]) == (
        1,
        1,
        1,
        "per_1000_inhabitants",
    )
    assert (found["documents"], found["status"]) == ("invente-2021-06-01", "A")
    assert plain(found["measure_name"]) == "Projets pour 1 000 habitants"
    assert "amount_eur_per_1000_inhabitants" not in table["measure"].array
    assert rows.loc[(MODAVE, "projects_per_1000_inhabitants"), "missing_reason"] == "not_comparable"
    others = table[~table["commune"].isin([OFTEN, NAMUR, MODAVE]) & (table["measure"] == "inhabitants")]
    assert {*others["missing_reason"]} == {"not_collected"}
    assert {*table["notice"]} == {"Fictitious data"}


def test_a_document_counts_from_its_own_day(opened):
    """Published on 1 June 2020, and revised on 1 June 2021."""
    days = [opened.known_on(day) for day in ("2020-05-31", "2021-05-31", "2021-06-01")]
    known = [numbers_of_communes(day, "pupils").get(OFTEN) for day in days]
    assert [number and number.quantity.value for number in known] == [None, 1000, 1001]


@pytest.mark.parametrize(
    ("counted", "pupils", "expected"),
    [
        (5, 1000, (0.5, 0.5, 0.5)), (5, 100, (5, 5, 5)), (4, 1000, None), (0, 1000, None), (50, 99, None),
        (">=6", 1000, (None, 0.6, None)), (">=4", 1000, None),
    ],
)  # fmt: skip
def test_few_have_no_rate(counted, pupils, expected):
    known = Known(Quantity.exact(int(str(counted).removeprefix(">=")), "projects"))
    known = known.at_least() if str(counted).startswith(">=") else known
    found = rate(known, Known(Quantity.exact(pupils, "pupils")), BASES["pupils"])
    if expected is None:
        assert found == Missing(Reason.NOT_COMPARABLE)
    else:
        bounds = found.quantity.bounds
        assert (
            tuple(end and float(end) for end in (found.quantity.point, bounds.lower, bounds.upper))
            == expected
        )


def test_what_there_is_no_rate_of_is_told(opened, store):
    with pytest.raises(ennum_stats.UsageError, match="whole commune"):
        opened.table(["winners"], by="province", per="pupils")
    with pytest.raises(ennum_stats.UnknownName, match=r"per.*inhabitants, pupils"):
        opened.table(["winners"], by="commune", per="people")
    with pytest.warns(ennum_stats.NothingCollected, match="ennum import communes") as warned:
        assert store.table(["winners"], by="commune", per="pupils")["value"].isna().all()
    assert warned[0].filename == __file__
