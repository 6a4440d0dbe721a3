"""Communes, provinces and networks, counted again from the rows of invented schools (données fictives)."""

from collections import Counter, defaultdict
from datetime import date
from functools import partial

import pytest

from ennum_stats.errors import UnknownName
from ennum_stats.languages import translate
from ennum_stats.measures.calls import ECOLE_NUMERIQUE
from ennum_stats.measures.labels import notices
from ennum_stats.measures.schools import places
from ennum_stats.measures.schools.ranks import Rank
from ennum_stats.project import Audience, Project
from ennum_stats.quantities import Bounds
from ennum_stats.raw.communes import communes
from ennum_stats.store.answers import Known, Missing
from ennum_stats.store.build import build
from ennum_stats.store.ledger import open_ledger
from tests.conftest import copied_project, in_four

GERMAN_SPEAKING = {one.commune for one in communes().walloon if one.is_german_speaking}
DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def rows(counted):
    """What each site is and had, by its number."""
    provinces = {row["commune"]: row["province"] for row in counted.rows("communes")}
    networks = {row["etablissement"]: row["network"] for row in counted.rows("etablissements")}
    found = {}
    for row in counted.rows("implantations"):
        commune = row["commune"]
        found[row["implantation"]] = {
            "commune": {commune}, "province": {provinces[commune]}, "network": set(),
            "levels": set(), "schools": set(), "calls": [],
        }  # fmt: skip
    for row in counted.rows("teaching"):
        site = found[row["implantation"]]
        site["network"].add(networks[row["etablissement"]])
        site["levels"].add(row["level"])
        site["schools"].add(row["etablissement"])
    for row in counted.rows("participations"):
        if row["implantation"] in found:
            found[row["implantation"]]["calls"].append(row["call"])
    return found


def sites_of(rows, kind, code):
    return [site for site in rows.values() if code in site[kind]]


def value(answer):
    assert isinstance(answer, Known)
    assert answer.quantity.is_exact
    return answer.quantity.value


@pytest.mark.parametrize("kind", places.KINDS)
def test_sites_schools_and_those_reached(counted, rows, kind):
    for code, one in places.places_counted(counted.borders, kind).items():
        sites = sites_of(rows, kind, code)
        if code == "german_speaking_community" or (not sites and code in GERMAN_SPEAKING):
            assert isinstance(one.sites, Missing)  # their register is another one
            continue
        assert value(one.sites) == len(sites), code
        assert value(one.reached) == sum(bool(site["calls"]) for site in sites), code
    biggest = max(places.place_codes(counted.borders, kind), key=lambda c: len(sites_of(rows, kind, c)))
    found = places.place(counted.borders, kind, biggest)
    schools = {school for site in sites_of(rows, kind, biggest) for school in site["schools"]}
    if kind != "network":  # a site of two schools may be of two networks
        assert value(found.schools) == len(schools)


@pytest.mark.parametrize(
    ("kind", "across"), [("commune", "network"), ("province", "network"), ("network", "province")]
)
def test_cells_by_level_and_across(counted, rows, kind, across):
    """A cell counts sites; in a network only what its own schools teach."""
    code = max(places.place_codes(counted.borders, kind), key=lambda c: len(sites_of(rows, kind, c)))
    found = {(c.level, c.across): c.sites for c in places.place(counted.borders, kind, code).cells}
    sites = sites_of(rows, kind, code)
    assert found[None, None] == len(sites)
    by_across = Counter(one for site in sites for one in site[across])
    assert {key[1]: n for key, n in found.items() if key[0] is None and key[1]} == by_across
    if kind != "network":
        by_level = Counter(level for site in sites for level in site["levels"])
        assert {key[0]: n for key, n in found.items() if key[1] is None and key[0]} == by_level


def test_calls_of_a_commune_and_what_is_left(counted, rows):
    code = max(
        places.place_codes(counted.borders, "commune"), key=lambda c: len(sites_of(rows, "commune", c))
    )
    sites = sites_of(rows, "commune", code)
    won = Counter(call for site in sites for call in site["calls"])
    whole, *calls = places.place(counted.borders, "commune", code).had
    assert (whole.programme, whole.call) == (ECOLE_NUMERIQUE, None)
    assert value(whole.projects) == won.total()
    assert value(whole.rest) == sum(not site["calls"] for site in sites)
    for one in calls:
        reached = sum(one.call in site["calls"] for site in sites)
        assert (value(one.reached), value(one.rest)) == (reached, len(sites) - reached)
        assert value(one.projects) == won[one.call]


def test_the_rank_of_a_commune_and_among_its_likes(counted, rows):
    """The same province, at most twice and at least half as many sites."""
    size = Counter(next(iter(site["commune"])) for site in rows.values())
    province = {next(iter(s["commune"])): next(iter(s["province"])) for s in rows.values()}
    for code in list(size)[:40]:
        found = places.place(counted.borders, "commune", code)
        alike = {
            other
            for other in size
            if other != code and province[other] == province[code]
            and size[other] <= 2 * size[code] and size[code] <= 2 * size[other]
        }  # fmt: skip
        assert {one.code for one in found.alike} == alike
        above = sum(n > size[code] for n in size.values())
        ties = sum(n == size[code] for n in size.values()) - 1
        assert found.by_sites == Rank(above + 1, above + 1, len(size), ties)
        distances = [abs(size[one.code] - size[code]) for one in found.alike]
        assert distances == sorted(distances)


def test_a_commune_without_a_site_has_no_rank(counted, rows):
    used = {next(iter(site["commune"])) for site in rows.values()}
    every = places.place_codes(counted.borders, "commune")
    code = next(c for c in every if c not in used and c not in GERMAN_SPEAKING)
    found = places.place(counted.borders, "commune", code)
    assert found.by_sites is found.by_share is None
    assert found.alike == ()


def test_lists_that_are_not_complete_give_bounds(counted_projects, rows, tmp_path):
    """Without the list of a call: at least those reached by the others, and at most all."""
    root = tmp_path / "project"
    copied_project(counted_projects["borders"].root, root)
    for table in ("lists", "participations", "reconciliations"):
        path = root / "data" / "raw" / "rows" / f"{table}.csv"
        kept = [line for line in path.read_text("utf-8").splitlines() if "EN2018" not in line]
        path.write_text("\n".join(kept) + "\n", "utf-8")
    build(Project(root))
    ledger = open_ledger(Project(root), DAY)
    size = Counter(next(iter(site["commune"])) for site in rows.values())
    reached = defaultdict(int)
    for site in rows.values():
        reached[next(iter(site["commune"]))] += any(call != "EN2018" for call in site["calls"])
    code = size.most_common(1)[0][0]
    whole, *calls = places.place(ledger, "commune", code).had
    assert whole.incomplete == ("EN2018",)
    assert whole.reached.quantity.bounds == Bounds(reached[code], size[code])
    assert whole.rest.quantity.bounds == Bounds(0, size[code] - reached[code])
    assert whole.projects.quantity.bounds.upper is None
    missing = next(one for one in calls if one.call == "EN2018")
    assert isinstance(missing.reached, Missing)
    assert isinstance(missing.rest, Missing)
    share = places.place(ledger, "commune", code).counted.share
    assert share.quantity.bounds.upper == 1
    ledger.connection.close()


def test_without_a_register_nothing_is_counted(ledger):
    found = places.place(ledger, "commune", "63079")
    assert isinstance(found.sites, Missing)
    assert "register" in " ".join(caveat.text for caveat in found.sites.caveats)
    assert (found.cells, found.had, found.alike, found.by_sites) == ((), (), (), None)
    assert len(places.place_codes(ledger, "commune")) == 262


def test_names(ledger):
    assert places.place_name(ledger, "commune", "62063", "nl") == "Luik"
    assert places.place_name(ledger, "province", "hainaut", "de") == "Provinz Hennegau"
    with pytest.raises(UnknownName, match="“99999”"):
        places.place(ledger, "commune", "99999")


def test_single_sites_are_for_the_administration_only(counted_projects, rows):
    project = counted_projects["dots"]
    code = Counter(next(iter(site["commune"])) for site in rows.values()).most_common(1)[0][0]
    public = open_ledger(project, DAY)
    internal = open_ledger(project, DAY, Audience.INTERNAL)
    assert places.sites_listed(public, code) == []
    found = {one.implantation: set(one.had) for one in places.sites_listed(internal, code)}
    assert found == {n: set(site["calls"]) for n, site in rows.items() if code in site["commune"]}
    for ledger in (public, internal):
        ledger.connection.close()


def test_all_communes_cost_no_memory_more(counted):
    """What is kept after a few communes is kept after all."""
    ledger = counted.dots
    every = places.place_codes(ledger, "commune")
    for code in every[:3]:
        places.place(ledger, "commune", code)
    kept = set(ledger._cache)
    for code in every:
        places.place(ledger, "commune", code)
    assert set(ledger._cache) == kept


def test_what_is_invented_says_so_and_what_is_real_does_not(counted, ledger):
    assert [in_four(partial(translate, one)) for one in notices(counted.dots)] == [
        ("Données fictives", "Fiktive Daten", "Fictieve gegevens", "Fictitious data")
    ]
    assert notices(ledger) == []
