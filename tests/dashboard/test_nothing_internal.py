"""Nothing of the internal audience leaves the public server: a marked school (données fictives) and a
document under embargo are looked for in every feed, embed, export and answer, inside zipped files too."""

import csv
import io
import shutil
import zipfile

import polars as pl
import pypdf
import pytest

from dashboards.api.addresses import ADDRESSES
from dashboards.app import create_app
from dashboards.follow import subjects
from dashboards.registry import all_pages
from ennum_stats.charts import CHARTS
from ennum_stats.languages import LANGUAGES
from ennum_stats.measures.catalogue import TABLES
from ennum_stats.project import Audience, Project
from ennum_stats.store.build import build
from tests.conftest import SEEDS
from tests.store.test_embargoed_documents import WORDS, hide

SITE, COMMUNE = "9876543", "92094"
SCHOOL = {
    "implantations": {"register": "fwb-2012", "implantation": SITE, "address": "Rue Zzyxruelle 7",
                      "postal_code": "5000", "locality": "Zzyxlocalité", "commune": COMMUNE},
    "etablissements": {"register": "fwb-2012", "etablissement": SITE, "network": "municipal",
                       "name": "École Zzyxmarquée (données fictives)"},
    "teaching": {"register": "fwb-2012", "implantation": SITE, "etablissement": SITE,
                 "teaching": "primary_ordinary", "level": "fundamental_ordinary"},
}  # fmt: skip
OF_SCHOOL = (SITE, "Zzyxruelle", "Zzyxlocalit", "Zzyxmarqu")
NEEDLES = (*WORDS, *OF_SCHOOL)
PAGES_AS_FILES = ("overview", "coverage", "numbers", "documents", "calendar", f"commune/{COMMUNE}", "table")


@pytest.fixture(scope="module")
def marked(counted_projects, tmp_path_factory):
    """A project with a school of which everything is marked, and a document and number under embargo."""
    root = tmp_path_factory.mktemp("marked") / "project"
    shutil.copytree(counted_projects["dots"].root / "data" / "raw", root / "data" / "raw")
    project = hide(Project(root))
    for table, row in SCHOOL.items():
        with (project.raw / "rows" / f"{table}.csv").open("r+", encoding="utf-8", newline="") as file:
            header = file.readline().strip().split(",")
            file.seek(0, io.SEEK_END)
            csv.DictWriter(file, header, "", lineterminator="\n").writerow(row)
    build(project)
    return project


@pytest.fixture(scope="module")
def public(marked):
    return create_app(marked).server.test_client()


@pytest.fixture(scope="module")
def inside(marked):
    return create_app(marked, Audience.INTERNAL).server.test_client()


def text_of(data):
    """What a file says, whatever its kind."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "\n".join(text_of(parts.read(name)) for name in parts.namelist())
    if data.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    if data.startswith(b"PAR1"):
        return str(pl.read_parquet(data).rows())
    return data.decode("utf-8", "replace")


def feeds():
    for language in LANGUAGES if SEEDS else ("nl",):
        yield f"/{language}/feed.atom"
        yield from (f"/{language}/feed/{subject}.atom" for subject in subjects())
        yield f"/{language}/feed/figure/en2021_budget.atom"
    yield from ("/feed.atom", "/fr/feed/figure/implantations_total.atom")


def embeds():
    for name in CHARTS:
        yield from (f"/fr/embed/chart/{name}", f"/de/embed/chart/{name}?charts=tables")
        yield f"/fr/embed/chart/{name}.svg"


def exports():
    for name in CHARTS:
        yield from (f"/fr/chart/{name}.{form}" for form in ("csv", "xlsx"))
    for name, table in TABLES.items():
        if not table.is_site_by_site:
            yield from (f"/fr/table/{name}.csv?by={by}" for by in table.by)
    for number, rows, columns in (
        ("sites.implantations", "commune", "level"), ("coverage.sites", "network", "level"),
        ("winners.projects", "commune", ""),
    ):  # fmt: skip
        asked = f"number={number}&rows={rows}&columns={columns}&commune={COMMUNE}"
        yield from (f"/fr/table.{form}?{asked}" for form in ("csv", "xlsx", "parquet"))
    yield from ("/fr/numbers.csv", "/fr/numbers.xlsx", "/fr/figure/en2021_budget.csv")
    yield "/fr/compare.csv?of=call&what=EN2020~EN2021&measure=winners.budget_awarded"
    for name in PAGES_AS_FILES:
        yield from (f"/fr/{name}.{form}" for form in ("pdf", "pptx"))


def answers():
    examples = {
        "/api/figures/{name}": ["en2021_budget"], "/api/sources/{name}": ["press-kit-2020"],
        "/api/observations/{name}": ["press-kit-2020.projects_awarded.EN2019"],
        "/api/measures/{name}": [n for n, table in TABLES.items() if not table.is_site_by_site],
    }  # fmt: skip
    asked = {
        "/api/changes": "?from=2026-11-01", "/api/citation": "?of=figure/en2021_budget",
        "/api/compare": "?of=call&what=EN2020,EN2021&measure=winners.budget_awarded",
    }  # fmt: skip
    for one in ADDRESSES:
        names = examples.get(one.path, [""])
        yield from (one.path.replace("{name}", name) + asked.get(one.path, "") for name in names)
    for measure in ("sites", "coverage", "winners"):
        yield from (f"/api/measures/{measure}?by={by}&commune={COMMUNE}" for by in ("level", "network"))
    yield "/api/places?kind=commune&limit=1000"
    yield from ("/health", "/api/openapi.json")


def pages():
    yield from (f"/fr/{page.path}" for page in all_pages().values() if page.is_listed)
    yield from (f"/fr/commune/{COMMUNE}", "/fr/province/namur", "/fr/network/municipal")
    for typed in ("zzyxm", "zzyxr", "9876", "école z", "quibol", "zebru"):
        yield from (f"/fr/search?q={typed}", f"/fr/suggest?q={typed}")


@pytest.mark.parametrize("addresses", [feeds, embeds, exports, answers, pages])
def test_no_mark_is_in_what_the_public_server_gives(public, addresses):
    for address in addresses():
        answer = public.get(address)
        assert answer.status_code in (200, 400), address  # a chart of which nothing is known is no file
        said = text_of(answer.data).lower()
        assert said, address
        assert not [needle for needle in NEEDLES if needle.lower() in said], address


def test_what_is_internal_has_no_public_address(public):
    for address in ("/api/measures/never_awarded", "/fr/table/never_awarded.csv",
                    "/fr/document/zebrulon-2026", "/api/sources/zebrulon-2026",
                    "/api/observations/zebrulon-2026.budget_awarded.EN2021"):  # fmt: skip
        answer = public.get(address)
        assert answer.status_code == 404, address
        said = answer.get_data(as_text=True).replace(address.rpartition("/")[2], "")
        assert not [word for word in (*OF_SCHOOL, "Quibolmique", "Farfadoche") if word in said], address


def test_the_marks_are_there_for_the_internal_audience(inside):
    """Else nothing would be proved."""
    said = text_of(inside.get("/api/sources").data)
    assert "Quibolmique" in said
    places = text_of(inside.get(f"/fr/commune/{COMMUNE}").data)
    sites = text_of(inside.get("/api/measures/never_awarded").data)
    assert "Zzyx" in places + sites
    for address in ("/feed.atom", "/fr/feed/budgets.atom", "/fr/embed/chart/winners_per_call"):
        assert inside.get(address).status_code == 404
