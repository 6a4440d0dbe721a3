"""Every figure has one value, one wording and one label a day, wherever it is told, and none that reaches less far
than its bounds."""

import csv
import json
from datetime import date
from decimal import Decimal

import pytest

from ennum_stats.charts import CHARTS, chart
from ennum_stats.languages import LANGUAGES
from ennum_stats.project import Audience
from ennum_stats.store.build import build
from ennum_stats.store.ledger import open_ledger
from tests.conftest import SEEDS
from tests.outputs import Outputs
from tests.sayings import beyond_reach, differing, is_one, reach, sayings, wording

DAYS = ("2020-01-31", "2021-12-31", "2026-11-25") if SEEDS else ("2026-11-24",)
ROUNDED = {"fr": "arrondi", "de": "gerundet", "nl": "afgerond", "en": "rounded"}


@pytest.mark.parametrize(
    ("language", "full", "other", "expected"),
    [
        ("fr", "au moins 33,7 millions d’euros", "33,7 M€ au moins", True),
        ("fr", "au moins 33 millions d’euros", "au moins 33,7 M€", False),  # truth.md, A7
        ("fr", "environ 85 millions d’euros", "85 M€", True),
        ("fr", "au moins 85 millions d’euros", "85 M€", False),
        ("fr", "plus de 25 millions d’euros", "25,1 M€", True),
        ("fr", "plus de 25 millions d’euros", "26,1 M€", False),
        ("fr", "environ 79 % (entre 64 % et 94 %)", "entre 64 % et 94 %", True),
        ("fr", "environ 79 % (entre 64 % et 94 %)", "79 %", True),
        ("fr", "environ 79 % (entre 64 % et 94 %)", "entre 64 % et 93 %", False),
        ("fr", "environ 3 000 implantations, à 500 près", "environ 3 000", True),
        ("fr", "environ 21 197 euros par projet", "quelque 21 200 euros", True),
        ("fr", "environ 21 197 euros par projet", "quelque 21 300 euros", False),
        ("fr", "entre 12 739 et 12 887 euros", "entre 12 730 et 12 890 euros", True),
        ("fr", "entre 12 739 et 12 887 euros", "entre 12 740 et 12 890 euros", False),
        ("fr", "entre 12 739 et 12 887 euros", "entre 12 720 et 12 890 euros", False),
        ("fr", "7 personnes", "sept personnes", True),
        ("fr", "entre 14 et 16 personnes", "14 à 16 personnes", True),
        ("fr", "1 709 projets", "1 708 projets", False),
        ("fr", "au plus 15 élèves par ordinateur", "15 élèves par ordinateur", False),
        ("de", "mindestens 8,7 Millionen Euro", "mindestens 8,7 Mio. €", True),
        ("de", "rund 3.000 Schulstandorte", "3.000 Schulstandorte", False),
        ("nl", "ongeveer 8,7 miljoen euro", "€ 8,7 mln.", True),
        ("nl", "bijna 2.400 teams", "meer dan 2.400 teams", False),
        ("en", "between 136.6 and 137.7 million euros", "€136.6m–€137.7m", True),
        ("en", "fewer than 1,700 schools", "more than 1,700 schools", False),
    ],
)
def test_what_is_one_wording(language, full, other, expected):
    assert is_one(wording(full, language), wording(other, language)) is expected


@pytest.mark.parametrize(
    ("language", "text", "low", "high"),
    [
        ("fr", "environ 21 200 euros", 21_150, 21_250),
        ("fr", "136,6–137,7 M€", 136_600_000, 137_700_000),
        ("fr", "44,7 % au moins (2021)", "44.7", "Infinity"),
        ("fr", "environ 79 % (entre 64 % et 94 %)", 64, 94),
        ("de", "8,7 Mio. €", 8_650_000, 8_750_000),
        ("nl", "7.493 projecten", 7_493, 7_493),
        ("en", "at most 9 million euros", "-Infinity", 9_000_000),
    ],
)
def test_how_far_a_wording_reaches(language, text, low, high):
    assert reach(wording(text, language)) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize("language", LANGUAGES)
def test_beside_its_mark_and_in_words_a_number_is_one(ledger_at, language):
    """On each chart what stands beside marks, and what is told in full of them to who does not see it."""
    for name in CHARTS:
        drawn = chart(ledger_at(DAYS[-1]), name, language)
        for mark in drawn.marks:
            if mark.quantity and mark.text:
                full, beside = wording(mark.words, language), wording(mark.text, language)
                is_rounded = ROUNDED[language] in drawn.subtitle or drawn.unit == "projects/project"
                beside = beside._replace(is_print=beside.is_print or is_rounded)
                assert is_one(full, beside), (name, mark.name, mark.words, mark.text)


@pytest.mark.search
@pytest.mark.parametrize("language", LANGUAGES if SEEDS else LANGUAGES[:1])
@pytest.mark.parametrize("day", DAYS)
def test_a_figure_is_told_in_one_way_a_day(project, kit_of, language, day):
    """In all outputs; in each run in a part of them, in French."""
    asked = Outputs(project, date.fromisoformat(day), language, is_brief=not SEEDS)
    if SEEDS:
        outputs = dict(asked.every(kit_of("2020-01-31", (language,)) if day > "2020-01-31" else None))
    else:
        pages = ("", "budgets", "winners", "figure/en_budget_2012_2019", "figure/cyberclasse_coverage")
        outputs = dict(asked.given(["/api/figures", *(f"/{language}/{page}" for page in pages)]))
        outputs |= dict(asked.judged())
        kit = kit_of(day)
        outputs |= {f"kit/{p.name}": p.read_bytes() for p in kit.glob("fr/*.[dpx][ol][cts]x")}
    figures = {one["name"]: one for one in json.loads(outputs["/api/figures"])["items"]}
    names = [*figures][:: 1 if SEEDS else 20]
    outputs |= dict(
        asked.given([f"/{language}/figure/{name}.{form}" for name in names for form in ("csv", "xlsx")])
    )
    assert differing(outputs, language) == []
    assert beyond_reach(outputs, language) == []
    read = [one for place in outputs for one in sayings(place, outputs[place], language, figures)]
    told = {one.figure for one in read if not one.place.startswith("/api/")}
    assert len(told & figures.keys()) == len(figures)
    assert len(read) > 8 * len(figures)
    in_files = {
        one.figure for one in read if one.place.endswith((".csv", ".xlsx")) and "/figure/" in one.place
    }
    assert in_files >= {*names}


@pytest.mark.search
def test_a_sum_without_one_of_its_calls_is_one_number_too(lacking_en2019):
    """Nothing is known of EN2019: its sums are at least those of the others, on all pages and in all data."""
    asked = Outputs(lacking_en2019, date.fromisoformat(DAYS[-1]), "fr", is_brief=True)
    pages = ("", "budgets", "coverage", "winners", "figure/total_investment")
    outputs = dict(asked.given(["/api/figures", *(f"/fr/{page}" for page in pages)]))
    assert differing(outputs, "fr") == []
    assert beyond_reach(outputs, "fr") == []
    told = {one["name"]: one["text"] for one in json.loads(outputs["/api/figures"])["items"]}
    assert told["en_projects_2012_2019"] == "au moins 1\u202f206\u00a0projets"  # 28 + 72 + 210 + 570 + 326


def test_a_number_under_embargo_judges_no_text_for_the_public(raw_copy):
    """A text states the very number that is still secret: whoever asks is told what was told before."""
    day, raw = date.fromisoformat(DAYS[-1]), raw_copy.project.raw
    build(raw_copy.project)
    before = dict(Outputs(raw_copy.project, day, "fr").judged())
    file = raw / "observations" / "published.csv"
    like = next(
        row for row in csv.DictReader(file.read_text("utf-8").splitlines())
        if row["observation_id"] == "lavenir-2022-05-28.sites_awarded.EN2021.charleroi"
    )  # fmt: skip
    whole = {
        "measure": "projects_awarded",
        "unit": "projects",
        "territory": "wallonia",
        "network": "",
        "counted": "",
    }
    until = {"observation_id": "secret.one", "value": "317", "embargo_until": "2099-01-01T08:00:00"}
    (raw / "embargoed").mkdir()
    with (raw / "embargoed" / "soon.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*like], lineterminator="\n")
        writer.writeheader()
        writer.writerow(like | whole | until)
    build(raw_copy.project)
    internal = open_ledger(raw_copy.project, day, Audience.INTERNAL)
    assert "secret.one" in {row.observation_id for row in internal.all_observations()}
    assert dict(Outputs(raw_copy.project, day, "fr").judged()) == before
    verdicts = {each["text"]: each["verdict"] for each in json.loads(before["ennum audit"])[0]["verdicts"]}
    assert (verdicts["530"], verdicts["317"]) == ("contradicted", "unverifiable")
