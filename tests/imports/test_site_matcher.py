"""Which site a row means: numbers that their rows contradict, names that are certain, places of all kinds.

Données fictives: the schools of these registers are invented, and have numbers that no real one has.
"""

import random
from datetime import date
from pathlib import Path

import pytest

from bench.matching import altered_names, honest_spellings, tally
from bench.respelling import BESIDE_NUMBER, Row, respelt, slipped
from ennum_stats.imports import ImportOptions, apply, plan_import
from ennum_stats.imports.schools.contradictions import SiteDescription
from ennum_stats.imports.schools.matcher import Matcher, NumberContradicted, SiteNotCertain
from ennum_stats.imports.schools.sites import School, Site, SiteRegister, read_site_register
from ennum_stats.imports.spreadsheets.number_parser import CellRefused
from ennum_stats.languages import translate
from ennum_stats.project import Project

REGISTER = Path(__file__).resolve().parents[3] / "shared" / "data" / "school_register_2023.csv"
NAMUR, HUY, OLNE, EUPEN = "92094", "61031", "63057", "63023"
FUNDAMENTAL = frozenset(("fundamental_ordinary",))
SECONDARY = frozenset(("secondary_ordinary",))


def school(number, name, network="municipal", levels=FUNDAMENTAL):
    return School(str(9_000_000 + number), name, network, levels, frozenset())


def site(number, commune, address, code, locality, *schools):
    return Site(str(9_100_000 + number), commune, address, code, locality, schools)


AUBAIN = school(3, "Institut Saint-Aubain", "free_denominational", SECONDARY)
TWO_BANKS = school(14, "Ecole fondamentale des Deux Rives", "wbe")
SITES = (
    site(1, NAMUR, "Rue du Paradis fictif 1", "5100", "JAMBES", school(1, "Ecole communale de Jambes")),
    site(2, NAMUR, "Rue fictive 2", "5004", "BOUGE", school(2, "Ecole communale de Bouge")),
    site(3, NAMUR, "Rue des Lombards fictifs 3", "5000", "NAMUR", AUBAIN),
    site(4, NAMUR, "Avenue fictive du Dr Roux 4", "5000", "NAMUR", AUBAIN,
         school(4, "Ecole fondamentale libre des Tilleuls", "free_denominational")),
    site(5, HUY, "Quai fictif 5", "4500", "HUY", school(5, "Ecole communale n° 1")),
    site(6, HUY, "Quai fictif 6", "4500", "HUY", school(6, "Ecole communale n° 2")),
    site(7, HUY, "Rue fictive 7", "4500", "HUY", school(7, "Ecole fondamentale Beaupré - Site A")),
    site(8, HUY, "Rue fictive 8", "4500", "HUY", school(8, "Ecole fondamentale Beaupré - Site B")),
    site(9, HUY, "Rue fictive 9", "4500", "HUY", school(9, "Athénée royal", "wbe", SECONDARY)),
    site(10, OLNE, "Rue fictive 10", "4877", "OLNE", school(10, "Ecole communale")),
    site(11, NAMUR, "Place fictive 11", "5000", "NAMUR",
         school(11, "Institut Sainte-Marie", "free_denominational", SECONDARY)),
    site(12, HUY, "Place fictive 12", "4500", "HUY",
         school(12, "Institut Sainte-Marie", "free_denominational", SECONDARY)),
    site(13, OLNE, "Place fictive 13", "4877", "OLNE",
         school(13, "Institut Sainte-Marie", "free_denominational", SECONDARY)),
    site(14, HUY, "Rue fictive 14", "4500", "HUY", TWO_BANKS),
    site(15, OLNE, "Rue fictive 15", "4877", "OLNE", TWO_BANKS),
)  # fmt: skip
BY_NUMBER = {int(one.implantation) - 9_100_000: one for one in SITES}


@pytest.fixture(scope="module")
def invented():
    sites = {one.implantation: one for one in SITES}
    return SiteRegister("fictif-2021", sites, {}, frozenset(sites), {})


@pytest.fixture
def find(invented):
    """The number of the site that a row means, from 1 on; None where it is refused."""
    matcher = Matcher(invented, is_invented=True)

    def found(number=None, **said):
        implantation = str(9_100_000 + number) if number else ""
        try:
            return int(matcher.site(SiteDescription(implantation, **said))) - 9_100_000
        except CellRefused:
            return None

    return found


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, {"school": "ECOLE COMM. DE JAMBES", "commune": "Namur"}),
        (1, {"school": "Éc. communale Jambes", "commune": "Jambes"}),
        (1, {"school": "Administration communale de Namur"}),
        (1, {"commune": "Namur (Jambes)", "postal_code": "B-5100"}),
        (1, {"commune": "Namen"}),
        (1, {"postal_code": "5000", "school": "École communale de Jambes"}),
        (3, {"school": "St Aubain (Inst.)", "commune": "NAMUR"}),
        (3, {"school": "Institut Saint-Aubin"}),
        (4, {"school": "Institut Saint-Aubain", "address": "4, av. fictive du Docteur Roux"}),
        (4, {"school": "EFL Tilleuls"}),
        (4, {"address": "Avenue fictive Docteur Roux"}),
        (9, {"school": "A.R. de Huy"}),
    ],
    ids=str,
)
def test_another_spelling_contradicts_no_number(find, number, said):
    assert find(number, **said) == number


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, {"school": "Institut Saint-Aubain"}),
        (3, {"school": "Ecole communale de Jambes"}),
        (1, {"school": "Ecole communale de Jambes", "commune": "Huy"}),
        (1, {"commune": "Bouge"}),
        (1, {"address": "Rue fictive 2"}),
        (1, {"postal_code": "4500"}),
        (5, {"school": "École communale n° 2"}),
        (7, {"school": "Beaupré – site B"}),
        (11, {"school": "Institut Saint-Aubain", "commune": "Namur"}),
        (9, {"school": "Ecole primaire communale"}),
    ],
    ids=str,
)
def test_what_is_of_another_school_contradicts_the_number(find, number, said):
    assert find(number, **said) is None


def test_who_reads_a_contradiction_learns_what_the_register_says(invented):
    matcher = Matcher(invented, is_invented=True)
    with pytest.raises(NumberContradicted) as told:
        matcher.site(SiteDescription("9100001", school="Institut Saint-Aubain"))
    reason = translate(told.value.reason, "fr")
    assert told.value.key == "school"
    assert "Ecole communale de Jambes, Rue du Paradis fictif 1, 5100 JAMBES" in reason
    with pytest.raises(NumberContradicted) as told:
        matcher.site(SiteDescription("9100001", "9000003"))
    assert told.value.key == "etablissement"


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ({"school": "Ecole communale de Jambes", "commune": "Namur"}, 1),
        ({"school": "ec. comm. jambes", "commune": "JAMBES"}, 1),
        ({"school": "Éc. fond. Beaupré, site A", "commune": "Huy"}, 7),
        ({"school": "ECOLE FOND. BEAUPRE (SITE B)", "commune": "Huy"}, 8),
        ({"school": "Beaupré site B", "commune": "Huy"}, None),
        ({"school": "Beaupré site B", "commune": "Huy", "address": "Rue fictive 8"}, None),
        ({"school": "Beaupré site C", "commune": "Huy"}, None),
        ({"school": "Beaupré", "commune": "Huy"}, None),
        ({"school": "École communale n° 2", "commune": "Huy"}, None),
        ({"school": "École communale n° 2", "commune": "Huy", "address": "6 quai fictif"}, 6),
        ({"school": "École communale n° 3", "commune": "Huy", "address": "Quai fictif 6"}, None),
        ({"school": "École communale", "commune": "Olne"}, None),
        ({"school": "Athénée royal", "commune": "Huy"}, None),
        ({"school": "Athénée royal", "commune": "Huy", "address": "Rue fictive 9"}, 9),
        ({"school": "Institut Saint-Aubain", "commune": "Namur"}, None),
        ({"school": "Institut Saint-Aubain", "commune": "Namur", "address": "r. des Lombards fictifs, 3"}, 3),
        ({"school": "Institut Saint-Aubin", "commune": "Namur", "address": "Rue fictive 2"}, None),
        ({"school": "Institut Sainte-Marie", "commune": "Olne"}, None),
        ({"school": "Institut Sainte-Marie", "commune": "Olne", "address": "Place fictive 13"}, 13),
        ({"school": "Ecole communale de Bouge", "commune": "Huy"}, None),
    ],
    ids=str,
)
def test_a_name_is_certain_where_number_letter_saint_and_place_are(find, said, number):
    assert find(**said) == number


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ({"commune": "Huy"}, 14),
        ({"commune": "Olne"}, 15),
        ({"postal_code": "4877"}, 15),
        ({"address": "Rue fictive 14"}, 14),
        ({}, None),
        ({"commune": "Namur"}, None),
    ],
    ids=str,
)
def test_of_a_school_with_several_sites_the_place_says_which(find, said, number):
    assert find(etablissement="9000014", **said) == number


def test_of_altered_names_none_finds_another_school(invented):
    """The invented register; the real one is asked below."""
    for kind, told, found in altered_names(invented, 10):
        assert found.wrong == 0, (kind, told)


@pytest.fixture(scope="module")
def real(raw_copy_at, tmp_path_factory):
    """The sites of the real register."""
    if not REGISTER.is_file():
        pytest.skip("the real register is not here")
    copied = raw_copy_at(tmp_path_factory.mktemp("real") / "project")
    apply(plan_import("register", REGISTER, copied.project, ImportOptions(as_of="2023")))
    return read_site_register(Project(copied.project.root), date(2023, 12, 31), REGISTER.name)


def test_no_altered_name_of_the_real_register_is_taken_for_another(real):
    for kind, told, found in altered_names(real, 40):
        assert found.wrong == 0, (kind, told)


def test_honest_spellings_of_the_real_register_find_their_site_or_none(real):
    for spelling, told, found in honest_spellings(real, 60):
        assert found.wrong == 0, (spelling, told)
        if "adresse" in told:
            assert found.decided > 0.8 * found.drawn, spelling


def test_numbers_of_the_real_register_that_slipped_are_refused(real):
    draw = random.Random(7)  # noqa: S311 - the same rows each time
    for told, columns in BESIDE_NUMBER.items():
        rows = list(respelt(real, "abrégée", columns, 150, draw))
        honest = tally(Matcher(real, is_invented=False), rows)
        assert honest.decided > 0.97 * honest.drawn, told
        moved = slipped([row.given for row in rows])
        shifted = [Row(given, row.site) for given, row in zip(moved, rows, strict=True)]
        taken = tally(Matcher(real, is_invented=False), shifted)
        assert taken.decided < (0.3 if told == "numéro, nom" else 0.05) * taken.drawn, told


def test_all_that_share_a_name_in_a_commune_are_shown_and_it_is_said(invented):
    localities = ("TIHANGE", "HUY")
    nine = [
        site(n, HUY, f"Rue fictive {n}", "4500", localities[n % 2], school(n, "Ecole communale"))
        for n in range(20, 29)
    ]
    sites = {one.implantation: one for one in nine}
    matcher = Matcher(SiteRegister("fictif", sites, {}, frozenset(sites), {}), is_invented=True)
    with pytest.raises(SiteNotCertain) as refused:
        matcher.site(SiteDescription(school="Ec. comunale", commune="Huy"))
    assert {candidate.implantation for candidate in refused.value.candidates} == {*sites}
    assert "(9)" in translate(refused.value.reason, "en")
    hits = matcher.candidates.search("fictive 22 tihange")
    assert [hit.implantation for hit in hits][:1] == ["9100022"]
    assert matcher.candidates.search("9100024")[0].implantation == "9100024"
