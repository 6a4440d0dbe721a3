"""The pages of communes, provinces and networks: with lists, with a register alone, with neither."""

import re
from collections import Counter, defaultdict
from html import unescape

import pypdfium2
import pytest

from dashboards.app import create_app
from ennum_stats.project import Audience
from tests.conftest import CALLS_LISTED, GRID_COLUMNS, rows_of
from tests.dashboard.conftest import cells_of, page_of

MOSTLY_WHITE = 225


@pytest.fixture(scope="module")
def biggest(counted_projects):
    """The commune with most sites: its code, its sites, how many of them won."""
    project = counted_projects["borders"]
    won = {row["implantation"] for row in rows_of(project, "participations")}
    sites = Counter(row["commune"] for row in rows_of(project, "implantations"))
    code, size = sites.most_common(1)[0]
    own = [r["implantation"] for r in rows_of(project, "implantations") if r["commune"] == code]
    return code, size, len(won.intersection(own))


def large(page):
    """The numbers in large type, by their labels."""
    cards = re.findall(r'<h2 class="label">(.*?)</h2>.*?<strong[^>]*>(.*?)</strong>', page, re.DOTALL)
    return {re.sub(r"<[^>]+>", "", label): number for label, number in cards}


def test_how_many_have_had_nothing(listed, biggest, counted_projects):
    """The sixth question of a director, answered where the page begins."""
    (code, size, won), project = biggest, counted_projects["borders"]
    page = page_of(listed, f"/en/commune/{code}")
    answer = f"{size} school sites: {won} with a project of École Numérique, {size - won} without."
    assert answer in re.sub(r"<[^>]+>", "", page).replace("\u00a0", " ")
    strip = re.search(r'class="drawing strip".*?</svg>', page, re.DOTALL)[0]
    sites = {row["commune"] for row in rows_of(project, "implantations")}
    assert strip.count("<rect") - 1 == len(sites)  # those without a site have no share; one is the ground
    assert strip.count("ink-ecole-numerique") == 1
    rows = cells_of(page, "had")
    assert rows[0][1:3] == [str(won), str(size - won)]
    assert cells_of(page, "levels")[0][1] == str(size)
    assert page.index(f"{size - won} without") < page.index('<table id="levels"')


def test_the_map_of_a_commune_shows_its_neighbours_and_theirs(listed, biggest, counted_projects):
    """The invented communes are squares of a grid, in the order of their codes."""
    codes = sorted(row["commune"] for row in rows_of(counted_projects["borders"], "communes"))
    at = {code: divmod(place, GRID_COLUMNS) for place, code in enumerate(codes)}
    row, column = at[biggest[0]]
    near = {code for code, (y, x) in at.items() if abs(y - row) + abs(x - column) <= 2}
    page = page_of(listed, f"/de/commune/{biggest[0]}")
    for width in ("wide", "narrow"):
        drawn = re.search(rf'aria-describedby="place-map-{width}-description".*?</svg>', page, re.DOTALL)[0]
        assert set(re.findall(r'data-a="(\d+)"', drawn)) == near


def test_columns_tell_what_a_commune_had_of_each_call(listed, biggest, counted_projects):
    project, code = counted_projects["borders"], biggest[0]
    of = {row["implantation"]: row["commune"] for row in rows_of(project, "implantations")}
    had = Counter(
        row["call"] for row in rows_of(project, "participations") if of.get(row["implantation"]) == code
    )
    page = page_of(listed, f"/en/commune/{code}")
    told = re.search(r'<desc id="place-history-wide-description">(.*?)</desc>', page, re.DOTALL)[1]
    told = dict(re.findall(r"(EN\d+)[^:;]*: (\d+) school", told.replace("\u00a0", " ")))
    assert told == {call: str(had[call]) for call in CALLS_LISTED}


def test_a_reader_says_in_what_communes_are_alike(listed, biggest, counted_projects):
    """Those in which the same network has most sites; of several, the first by name."""
    project, code = counted_projects["borders"], biggest[0]
    of = {row["implantation"]: row["commune"] for row in rows_of(project, "implantations")}
    networks = {row["etablissement"]: row["network"] for row in rows_of(project, "etablissements")}
    sites = defaultdict(set)
    for row in rows_of(project, "teaching"):
        sites[of[row["implantation"]], networks[row["etablissement"]]].add(row["implantation"])
    first = {}
    for (commune, network), found in sorted(sites.items(), key=lambda item: (-len(item[1]), item[0][1])):
        if found:
            first.setdefault(commune, network)
    alike = {commune for commune, network in first.items() if network == first[code]} - {code}
    page = page_of(listed, f"/en/commune/{code}?like=network").replace("\u00a0", " ")
    assert f"with the same main network of school sites: {len(alike)} others." in page
    assert f"/en/commune/{code}/alike.csv?like=network" in page
    rows = listed.get(f"/en/commune/{code}/alike.csv?like=network").get_data(as_text=True).splitlines()[2:]
    assert len(rows) == 9  # the nearest eight, with the commune itself
    assert {row.split(";")[-3] for row in rows} <= {*alike, code}, rows
    usual = page_of(listed, f"/en/commune/{code}")
    assert "of the same province and with at least half" in usual.replace("\u00a0", " ")


@pytest.mark.parametrize("language", ["fr", "de"])
def test_the_pdf_of_the_largest_commune_has_two_pages_with_its_pictures(listed, biggest, language):
    content = listed.get(f"/{language}/commune/{biggest[0]}.pdf").data
    pages = [*pypdfium2.PdfDocument(content)]
    assert len(pages) == 2
    for page in pages:  # a colour that a file has only the name of is black
        assert page.render(scale=0.3).to_numpy().mean() > MOSTLY_WHITE


def test_a_register_alone_tells_sites_and_says_what_lacks(registered, biggest):
    code, size, _ = biggest
    page = page_of(registered, f"/en/commune/{code}")
    assert large(page) == {
        "School sites in the register": str(size),
        "With at least one project of École Numérique": "not known",
        "Without any project of École Numérique": "not known",
    }
    assert page.count("no list of winners was known") == 1
    assert 'id="had"' not in page
    assert "By number of school sites, among all that have one: rank 1 of" in page


@pytest.mark.parametrize("path", ["commune/63079", "province/liege", "network/wbe"])
@pytest.mark.parametrize("language", ["fr", "de", "nl", "en"])
def test_without_a_register_the_page_says_so(client, path, language):
    page = page_of(client, f"/{language}/{path}")
    assert re.search(r"44[.,]7.*54[.,]3.*EN1.*EN2020.*45[.,]7.*55[.,]3", page, re.DOTALL)
    assert "ennum import" not in page  # a command is for the service that holds the lists
    assert 'id="levels"' not in page


def test_only_the_service_is_told_what_to_load(inside):
    assert "ennum import register" in page_of(inside, "/fr/commune/63079")


@pytest.mark.parametrize(
    ("path", "numbers"),
    [
        ("commune/63079", []),
        ("commune/52011", ["10 schools", "13 school sites", "330 000 euros", "95%"]),
        ("province/liege", ["41 projects", "8 projects"]),
        ("province/hainaut", ["14 projects"]),
    ],
)
def test_what_documents_print_of_a_place_alone_is_told(client, path, numbers):
    """Numbers of L'Avenir (28 May 2022) for Charleroi, and of Today in Liège (2017) for provinces."""
    page = page_of(client, f"/en/{path}")
    printed = " ".join(row[1] for row in cells_of(page, "printed-numbers")) if numbers else ""
    printed = re.sub(r"[\s,]+", " ", printed)
    assert all(one in printed for one in numbers), printed
    assert ("prints a number" in page) is (not numbers)


def test_provinces_and_networks_stand_among_the_others(listed):
    province = page_of(listed, "/fr/province/hainaut")
    assert len(cells_of(province, "all")) == 5
    assert len(cells_of(province, "communes")) == 69
    network = page_of(listed, "/fr/network/municipal")
    own = re.search(r'<a href="/fr/network/municipal"[^>]*data-link[^>]*>', network)[0]
    assert 'aria-current="page"' in own


def test_where_only_the_register_lacks_no_list_is_missed(listed):
    """Schools of the German-speaking Community stand in a register of its own, which is not loaded here."""
    page = page_of(listed, "/en/network/german_speaking_community")
    assert "no register of them was known" in page
    assert "no list of winners was known" not in page
    assert "in a register of its own, which was not known" in page


def test_no_single_school_leaves_the_administration(listed, counted_projects, biggest):
    code = biggest[0]
    inside = create_app(counted_projects["borders"], Audience.INTERNAL).server.test_client()
    page = page_of(inside, f"/fr/commune/{code}")
    numbers = {row[0] for row in cells_of(page, "schools")}
    assert len(numbers) == biggest[1]
    for path in (f"commune/{code}", "province/liege", "network/wbe", f"search?q={min(numbers)}",
                 f"search?q=École {min(numbers)}", f"suggest?q={min(numbers)}"):  # fmt: skip
        text = listed.get(f"/fr/{path}").get_data(as_text=True)
        told = set(re.findall(r"\b9\d{6}\b", text))
        assert told <= ({min(numbers)} if "q=" in path else set()), path  # what was typed is said again
        assert "École par école" not in text


@pytest.mark.parametrize(
    ("asked", "leads"),
    [("commune/vervier", ["/fr/commune/63079", "/fr/search?q=vervier"]), ("province/63", ["/fr/province/liege"]),
     ("bugdets", ["/fr/budgets"])],
)  # fmt: skip
def test_where_there_is_no_page_menu_search_and_what_was_meant_are(client, asked, leads):
    answer = client.get(f"/fr/{asked}")
    assert answer.status_code == 404
    page = unescape(answer.get_data(as_text=True))
    main = re.search("<main.*?</main>", page, re.DOTALL)[0]
    assert all(f'href="{address}"' in main for address in leads)
    assert '<nav class="pages"' in page or re.search(r'<nav[^>]* class="pages"', page)
    assert 'action="/fr/search"' in page


@pytest.mark.parametrize(
    ("asked", "code"),
    [("province/60000", "province/liege"), ("province/Liège", "province/liege"), ("commune/verviers", "commune/63079"),
     ("commune/braine-l-alleud", "commune/25014"), ("commune/Dison", "commune/63020")],
)  # fmt: skip
def test_a_place_is_found_by_its_name_and_its_number(client, asked, code):
    """The codes are those of Statbel (NIS)."""
    answer = client.get(f"/fr/{asked}?known_at=2020-01-31")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/fr/{code}?known_at=2020-01-31")


def test_pages_lead_to_places(listed, biggest):
    address = f'href="/fr/commune/{biggest[0]}'
    assert address in page_of(listed, "/fr/chart/coverage_map")
    assert address in page_of(listed, f"/fr/point/coverage_map.{biggest[0]}")
    assert 'href="/fr/province/liege' in page_of(listed, "/fr/coverage")


def test_all_communes_keep_no_more_than_a_few(counted_projects):
    """What is kept of them is within bounds that do not depend on how many there are."""
    app = create_app(counted_projects["borders"])
    client, kept = app.server.test_client(), app.server.extensions["ennum"].edition()
    for row in rows_of(counted_projects["borders"], "communes")[:40]:
        page_of(client, f"/fr/commune/{row['commune']}")
    before = len(kept.at(None)._cache)
    for row in rows_of(counted_projects["borders"], "communes")[40:60]:
        page_of(client, f"/fr/commune/{row['commune']}")
    assert len(kept.at(None)._cache) == before
    answers = app.answers.kept
    assert 0 < answers.currsize <= answers.maxsize
