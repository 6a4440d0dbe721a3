"""A citation says what was read, of which day and from which data, in three forms that programs read."""

import json

import pypandoc
import pytest

from ennum_stats.charts.citations import cite_any
from ennum_stats.figures import figure
from ennum_stats.figures.citation import Citation, cite, cite_document, cite_figure
from ennum_stats.languages import LANGUAGES
from ennum_stats.periods import Period

ADDRESS = "https://example.org/fr/figure/en2019_projects?known_at=2020-01-31&prices=real%3A2019"


def read_by_pandoc(text, form):
    """The items of a bibliography as another program reads them."""
    return json.loads(pypandoc.convert_text(text, "csljson", format=form))


def awkward(title, **others):
    told = {
        "kind": "document", "key": "awkward-1", "title": title, "title_language": "en",
        "publisher": "Smith & Sons and Partners", "issued": Period("2020-01"),
    }  # fmt: skip
    return Citation(**told | others)


@pytest.fixture
def cited(kit_ledger):
    return cite_figure(figure(kit_ledger, "en2019_projects"), "fr", ADDRESS)


def test_the_text_tells_value_day_data_and_address(cited, kit_ledger):
    text = cited.text("fr")
    # The press kit, page on the six calls: 503 winners of the sixth.
    assert "503\u00a0projets" in text
    assert "31 janvier 2020" in text.replace("\u00a0", " ")
    assert kit_ledger.content_hash[:16] in text
    assert text.startswith("SPW Emploi Formation (2020). ")
    assert text.endswith(ADDRESS)


@pytest.mark.parametrize(
    ("name", "kind", "title"),
    [("en2019_projects", "figure", "503"), ("timeline", "chart", ""), ("awt-2007", "document", "")],
)
def test_whatever_has_a_name_is_cited_as_what_it_is(kit_ledger, name, kind, title):
    cited = cite_any(kit_ledger, name, "fr", lambda kind, name: f"https://example.org/{kind}/{name}")
    assert cited.kind == kind
    assert name in cited.key
    assert title in cited.title
    assert kit_ledger.source("awt-2007").title in cited.title or kind != "document"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_own_words(kit_ledger, language):
    cited = cite_figure(figure(kit_ledger, "total_investment"), language)
    assert cited.title.startswith(figure(kit_ledger, "total_investment").label(language))
    assert ".." not in cited.text(language)


def test_the_euros_of_a_year_are_told(kit_ledger):
    cited = cite_figure(figure(kit_ledger, "total_investment", "real:2019"), "en")
    assert "2019" in cited.title


def test_bibtex_is_read_by_another_program_as_the_same_work(cited, kit_ledger):
    [item] = read_by_pandoc(cited.bibtex(), "biblatex")
    own = cited.csl()
    assert item["id"] == own["id"] == "ennum-figure-en2019_projects-2020-01-31"
    assert item["URL"] == ADDRESS
    assert item["author"] == own["author"] == [{"literal": "SPW Emploi Formation"}]
    assert item["issued"]["date-parts"][0][:2] == own["issued"]["date-parts"][0][:2] == [2020, 1]
    assert item["version"] == own["version"] == kit_ledger.content_hash


def test_csl_json_is_read_by_another_program(cited):
    [item] = read_by_pandoc(json.dumps([cited.csl()]), "csljson")
    assert item["type"] == "dataset"
    assert item["issued"] == {"date-parts": [[2020, 1, 31]]}
    assert item["title"].replace("\u202f", "\u00a0") == cited.title.replace("\u202f", "\u00a0")


@pytest.mark.parametrize(
    "title",
    [
        r"100 % of {schools} & others_of #1, for 5 $ ~ or ^ \textbf{more}",
        "École Numérique : « œuvre » – Ünï",
        'Quotes "and" commas, {unclosed',
    ],
)
def test_signs_that_mean_something_to_latex_are_shown_as_they_are(title):
    [item] = read_by_pandoc(awkward(title).bibtex(), "biblatex")
    assert item["title"].replace("“", '"').replace("”", '"') == title
    assert item["author"] == [{"literal": "Smith & Sons and Partners"}]


def test_braces_in_an_address_do_not_end_its_field():
    [item] = read_by_pandoc(awkward("T", address="https://example.org/{a}?b=1 2").bibtex(), "biblatex")
    assert item["URL"] == "https://example.org/%7Ba%7D?b=1%202"


def test_a_document_is_cited_in_its_own_language_with_its_own_day(kit_ledger):
    cited = cite_document(kit_ledger.source("awt-2007"))
    assert cited.csl()["issued"] == {"date-parts": [[2007, 3, 20]]}
    assert cited.csl()["language"] == "fr-BE"
    assert "data" not in cited.text("en")
    kit = cite_document(kit_ledger.source("press-kit-2020"))
    assert kit.csl()["issued"] == {"date-parts": [[2020, 1]]}  # no day is printed on it
    assert "URL" not in kit.csl()


def test_a_page_is_cited_by_its_title(kit_ledger):
    cited = cite(kit_ledger, "page", "budgets", "Budgets", "en", "https://example.org/en/budgets")
    assert cited.csl()["type"] == "webpage"
    assert cited.csl()["container-title"] == "Digital equipment of schools"
