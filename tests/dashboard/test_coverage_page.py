"""The coverage page: one interval, communes searched, and what is not known where schools are not counted."""

import re
from itertools import pairwise
from urllib.parse import quote

import pytest

from bench.legibility import illegible
from ennum_stats.figures import figure
from ennum_stats.store.ledger import open_ledger
from tests.conftest import rows_of
from tests.dashboard.conftest import cells_of, page_of

LIEGE = "Liège"


@pytest.fixture(scope="module")
def sites(counted_projects):
    """For each commune, by its name: its sites, and those that won, from the raw rows."""
    project = counted_projects["borders"]
    won = {row["implantation"] for row in rows_of(project, "participations")}
    names = {row["commune"]: row["name_fr"] for row in rows_of(project, "communes")}
    found = {name: [0, 0] for name in names.values()}
    for row in rows_of(project, "implantations"):
        found[names[row["commune"]]][0] += 1
        found[names[row["commune"]]][1] += row["implantation"] in won
    return found


def test_the_interval_is_that_of_the_key_figure(client, project):
    rows = cells_of(page_of(client, "/en/coverage"), "interval")
    key = figure(open_ledger(project), "en_coverage_all_calls")
    assert rows[0][:2] == [key.label("en"), f"{key.text('en')} (2021)"]
    assert "EN2021" in rows[0][3]
    assert rows[1][:2] == [f"{key.label('en')} (EN1 to EN2020)", "between 44.7% and 54.3% (2021)"]
    assert all("%" in row[1] for row in rows)
    of_kit = figure(open_ledger(project), "en_coverage")
    assert rows[-1][:2] == [of_kit.label("en"), f"{of_kit.text('en')} (2021)"]
    assert "(an assumption)" not in rows[-1][3]  # by then the bounds are the same without it
    assert "/en/figure/en_coverage_all_calls" in page_of(client, "/en/coverage")
    # In 2020 the share of all calls, 8% to 46%, had the label of that of the kit, 23% to 46% if one assumes more.
    rows = cells_of(page_of(client, "/en/coverage?known_at=2020-01-31"), "interval")
    assert [row[0] for row in rows] == [key.label("en"), of_kit.label("en")]
    assert "EN1 to EN2019" in rows[0][3]
    assert "(an assumption)" in rows[1][3]


@pytest.mark.parametrize("path", ["", "coverage", "commune/63079", "figure/en_coverage_all_calls"])
def test_coverage_is_one_number_on_every_page(client, path):
    """Question 5: at least 1,724 sites of at most 3,850, while the winners of EN2021 are not known; nowhere
    another one. 2,034 of 3,750, the most of EN1 to EN2020, is only said of these calls."""
    page = page_of(client, f"/en/{path}")
    if path == "commune/63079":  # its sentence names the calls
        assert re.search(r"between 44\.7% and 54\.3% of the school sites .*\(EN1 to EN2020\)", page)
        return
    assert "at least 44.7%" in page
    if path == "coverage":
        assert re.search(r"EN1 to EN2020\)[^|]*?44\.7% and 54\.3%", re.sub("<[^>]*>", "", page))
    else:  # but where a chart of these calls is named, on the way of the figure
        texts = re.findall(r"[^<>]*54\.3[^<>]*", re.sub("</?span[^>]*>", "", page))
        assert [text for text in texts if "the calls up to 2019–2020" not in text] == []
        assert bool(texts) == path.startswith("figure/")


@pytest.mark.parametrize(("language", "lower"), [("en", "Lower bound"), ("de", "Untergrenze")])
def test_bounds_in_the_table_of_a_chart_lie_outside_what_is_known(client, language, lower):
    """1,724 and 183 of 3,850 sites are 44.779… and 4.753…: at least 44.8% or 4.8% would be more than is known; 183 of
    3,750 are 4.88: at most 4.9%."""
    text = page_of(client, f"/{language}/coverage").replace(",", ".").replace("\u00a0", "")
    table = next(part for part in re.findall(r"<table.*?</table>", text, re.DOTALL) if lower in part)
    assert ">44.7%<" in table
    assert "44.8%" not in table
    assert '>4.7%</td><td class="numeric">4.9%<' in table


def test_nothing_is_counted_without_register(client):
    page = page_of(client, "/en/coverage")
    assert "have had nothing is therefore not known" in page
    assert 'name="commune"' not in page  # there are no communes to search


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_commune_says_how_many_had_nothing(listed, sites, language):
    name = max(sites, key=lambda one: sites[one][0] - sites[one][1])
    whole, reached = sites[name]
    page = page_of(listed, f"/{language}/coverage?commune={name}")
    told = {"en": f"register: {whole}.", "de": f"Register: {whole}."}[language]
    rest = {"en": "Without any: ", "de": "Ohne Projekt: "}[language] + str(whole - reached)
    assert told in page
    assert rest in page


def test_every_commune_ranked_is_counted(listed, sites):
    found = []
    for province in ("hainaut", "liege", "luxembourg", "namur", "walloon_brabant"):
        found += cells_of(page_of(listed, f"/fr/coverage?province={province}"), "ranking")
    assert sorted(name for _, name, *_ in found) == sorted(sites)
    for _, name, _, reached, rest, *_ in found:
        whole, won = sites[name]
        assert [reached, rest] == ([str(won), str(whole - won)] if whole else ["–", "–"]), name


def test_a_commune_searched_stands_among_its_neighbours(listed):
    rows = cells_of(page_of(listed, "/fr/coverage?commune=Namur"), "ranking")
    ranks = [int(row[0]) for row in rows]
    assert "Namur" in [row[1] for row in rows]
    for before, after in pairwise(rows):  # those of one share have one rank
        assert (before[0] == after[0]) == (before[5] == after[5])
        assert int(before[0]) <= int(after[0])
    assert 6 <= len(ranks) <= 11


def test_classes_and_provinces_narrow_the_ranking(listed, sites):
    page = page_of(listed, "/fr/coverage")
    lows = [int(low) for low in re.findall(r'name="share" value="(\d+)"', page)]
    assert lows == sorted(set(lows))
    shown = 0
    for low, high in zip(lows, [*lows[1:], 101], strict=True):
        rows = cells_of(page_of(listed, f"/fr/coverage?share={low}"), "ranking")
        shares = [100 * sites[name][1] / sites[name][0] for _, name, *_ in rows]
        assert all(low <= share < high for share in shares)
        shown += len(rows)
    assert shown == sum(whole > 0 for whole, _ in sites.values())
    of_one = cells_of(page_of(listed, "/fr/coverage?province=namur"), "ranking")
    assert {row[2] for row in of_one} == {"province de Namur"}
    both = f"share={lows[0]}~{lows[-1]}&province=namur~liege"
    rows = cells_of(page_of(listed, f"/fr/coverage?{both}"), "ranking")
    assert {row[2] for row in rows} <= {"province de Namur", "province de Liège"}
    # The map and its file show the same communes, and say that they are not all.
    file = listed.get(f"/fr/chart/coverage_map.csv?{both}").get_data(as_text=True)
    assert file.startswith("\ufeffÀ savoir;")
    named = [line.split(";")[1] for line in file.splitlines()[1:]]
    assert sorted(named) == sorted(row[1] for row in rows)
    alone = page_of(listed, f"/fr/chart/coverage_map?{both}")
    assert "Seulement" in alone
    assert f'href="/fr/chart/coverage_map.png?{both}"' in alone
    assert f'href="/fr/chart/coverage_map?{both}"' in page_of(listed, f"/fr/coverage?{both}")


@pytest.mark.parametrize("typed", ["liege", "LIÈGE", "Liège"])
def test_a_search_needs_neither_capitals_nor_accents(listed, typed):
    page = page_of(listed, f"/fr/coverage?commune={quote(typed)}")
    assert "Implantations scolaires à Liège" in page
    assert 'value="Liège" list="choice-commune-list"' in page
    assert 'role="note"' not in page


def test_what_is_no_commune_is_told(listed):
    page = page_of(listed, "/fr/coverage?commune=%22%3E%3Cscript%3Exyzzy")
    assert 'role="note"' in page
    assert "Implantations scolaires à" not in page


def test_the_province_ahead_is_that_of_the_rows(listed, counted_projects):
    project = counted_projects["borders"]
    won = {row["implantation"] for row in rows_of(project, "participations")}
    province = {row["commune"]: row["province"] for row in rows_of(project, "communes")}
    found = {}
    for row in rows_of(project, "implantations"):
        whole, reached = found.get(province[row["commune"]], (0, 0))
        found[province[row["commune"]]] = whole + 1, reached + (row["implantation"] in won)
    ahead = max(found, key=lambda code: found[code][1] / found[code][0])
    named = open_ledger(project).name("codelists.province", ahead, "en")
    told = f"Highest share of school sites with a project: {named}"
    assert told in page_of(listed, "/en/coverage")


def test_a_register_alone_shows_its_sites(registered, sites):
    name = max(sites, key=lambda one: sites[one][0])
    page = page_of(registered, f"/en/coverage?commune={name}")
    assert f"School sites in the register: {sites[name][0]} school sites." in page.replace("\u00a0", " ")
    assert "How many of them have had a project is not known" in page
    for part in ("network", "level", "province", "commune"):
        assert f"School sites of the register, by {part}" in page
    assert '<table id="ranking">' not in page


def test_no_single_site_is_public(listed, registered):
    for client in (listed, registered):
        page = page_of(client, f"/fr/coverage?commune={quote('Liège')}")
        assert not re.search(r"\b9000\d{3}\b|\bÉcole 9\d{6}", page)


def test_typing_a_commune_and_enter_chooses_it(browser, counted_server):
    page = browser.new_page()
    page.goto(f"{counted_server.address}/fr/coverage")
    # Before Dash is live the field is one of a plain form, which is swapped at any moment.
    page.locator("html[data-dash=live]").wait_for()
    field = page.get_by_label("Chercher une commune", exact=True)
    field.fill("Namur")
    field.press("Enter")
    page.get_by_role("heading", name="Implantations scolaires à Namur").wait_for()
    assert page.url.endswith("/fr/coverage?commune=Namur")
    page.get_by_label("Chercher une commune", exact=True).fill("")
    page.get_by_label("Chercher une commune", exact=True).press("Enter")
    page.get_by_role("heading", name="Implantations scolaires à Namur").wait_for(state="detached")
    assert page.url.endswith("/fr/coverage")
    page.go_back()
    page.get_by_role("heading", name="Implantations scolaires à Namur").wait_for()
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{counted_server.address}/fr/coverage")
    plain.get_by_label("Chercher une commune", exact=True).fill("Namur")
    plain.locator("main form.choices button").click()
    plain.get_by_role("heading", name="Implantations scolaires à Namur").wait_for()
    plain.goto(f"{counted_server.address}/fr/commune/92094")  # its map names its neighbours
    for width in (320, 360, 1280):
        plain.set_viewport_size({"width": width, "height": 740})
        assert illegible(plain) == [], width
