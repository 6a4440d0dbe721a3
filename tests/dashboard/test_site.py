"""The dashboard as files without a server: crawled by its links, checked, replaced, and searched from a disk."""

import hashlib
import re
import shutil
import zlib
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import pytest
from typer.testing import CliRunner

from dashboards import site
from dashboards.queries.finding import entries_named
from dashboards.registry import all_pages
from dashboards.site import write_site
from ennum_stats.cli import app
from ennum_stats.errors import UsageError
from ennum_stats.figures.catalogue import FIXED_FIGURES
from ennum_stats.files.sums import CHECKSUMS
from tests.conftest import SEEDS

FIRST_CALL = "2013-06-30"
"""A day on which few documents were known."""
ELSEWHERE = re.compile("(https?|mailto|tel|data):")


def is_tried(address):
    """Whether a copy has an address: of 262 communes one, in each run of figures and documents a quarter."""
    of = re.search(r"/(commune|figure|document)/([^?#]*)", address)
    if of and of[1] == "commune":
        return of[2] == "63079"
    return bool(not of or SEEDS or zlib.crc32(of[2].encode()) % 4 == 0)


@pytest.fixture(scope="module")
def copy(project, made_once):
    """A copy in one language, of today and a past day; of its files those of charts, of 262 communes one."""

    every = site._Copy.place

    def make(folder):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(
                site, "_is_kept", lambda name: name.startswith("chart/") and name.endswith(".csv")
            )
            patched.setattr(
                site, "entries_named", lambda asked: [row for row in entries_named(asked) if is_tried(row[2])]
            )
            patched.setattr(
                site._Copy, "place", lambda its, asked: every(its, asked) if is_tried(asked) else ""
            )
            write_site(project, folder, [date.fromisoformat(FIRST_CALL)], ["en"])

    return made_once("site", make)


def pages_of(folder):
    return {
        path.relative_to(folder).as_posix(): lxml.html.parse(str(path)).getroot()
        for path in folder.rglob("*.html")
    }


def test_every_link_of_every_page_leads_to_a_file_of_the_copy(copy):
    pages = pages_of(copy)
    anchors = {
        name: {node.get("id") for node in tree.iter() if node.get("id")} for name, tree in pages.items()
    }
    dead = []
    for name, tree in pages.items():
        for node in tree.xpath("//*[@href or @src or @action]"):
            for address in filter(None, map(node.get, ("href", "src", "action"))):
                path, _, anchor = address.partition("#")
                if ELSEWHERE.match(address):
                    continue
                place = (copy / name).parent / unquote(path.partition("?")[0]) if path else copy / name
                is_there = (
                    not address.startswith("/")
                    and place.is_file()
                    and place.resolve().is_relative_to(copy.resolve())
                )
                leads = place.resolve().relative_to(copy.resolve()).as_posix() if is_there else ""
                if not is_there or (anchor and anchor not in anchors[leads]):
                    dead.append((name, address))
    assert dead == []


def test_a_copy_has_every_page_figure_and_place_of_each_day_and_no_script_but_its_search(copy):
    pages = pages_of(copy)
    for page in all_pages().values():
        for folder in ("en", f"{FIRST_CALL}/en"):
            assert not page.is_listed or f"{folder}/{page.path or 'index'}.html" in pages
    figures = {f"en/figure/{each.name}.html" for each in FIXED_FIGURES}
    assert len(asked := {*filter(lambda one: is_tried(f"/{one}".removesuffix(".html")), figures)}) > 10
    assert asked <= {*pages}
    assert {"en/commune/63079.html", "en/province/liege.html"} <= {*pages}
    for name, tree in pages.items():
        scripts = {Path(node.get("src")).name for node in tree.iter("script")}
        assert scripts == ({"search.js", "search-names.js"} if name.endswith("/search.html") else set()), name
        assert {node.get("class") for node in tree.iter("form")} <= {"finder"}, name


def test_a_page_of_a_day_says_what_was_known_then(copy):
    """The press kit of 2020 prints 28 winners of the first call, and 503 of the sixth, which came later."""
    now, then = ((copy / folder / "en/winners.html").read_text("utf-8") for folder in ("", FIRST_CALL))
    assert "503" in now
    assert "503" not in then
    (days,) = lxml.html.fromstring(then).xpath("//nav[@class='days']")
    assert [link.get("href") for link in days.iter("a")] == ["../../en/winners.html", "winners.html"]
    assert days.xpath(".//a[@aria-current]/@href") == ["winners.html"]


def test_its_list_of_hashes_is_that_of_its_files_and_verify_finds_what_changed(copy, project, tmp_path):
    listed = dict(line.split("  ")[::-1] for line in (copy / CHECKSUMS).read_text("utf-8").splitlines())
    files = {path.relative_to(copy).as_posix(): path for path in copy.rglob("*") if path.is_file()}
    assert listed == {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in files.items()
        if name != CHECKSUMS
    }
    mine = shutil.copytree(copy, tmp_path / "copy")
    verify = ["verify", str(mine), "--root", str(project.root), "--lang", "en"]
    assert CliRunner().invoke(app, verify).exit_code == 0
    (mine / "en/index.html").write_text("changed", "utf-8")
    answer = CliRunner().invoke(app, verify)
    assert answer.exit_code == 1
    assert "“en/index.html” was changed" in answer.output


def test_a_folder_of_somebody_else_is_left_alone_and_a_copy_is_replaced(copy, project, tmp_path, monkeypatch):
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="no copy of the dashboard"):
        write_site(project, tmp_path, [], ["en"])
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    mine = shutil.copytree(copy, tmp_path / "copy")
    (mine / "letter.txt").write_text("mine", "utf-8")
    monkeypatch.setattr(site, "_pages", lambda *_: {"en/index.html": b"new"})
    write_site(project, mine, [], ["en"])
    assert (mine / "en/index.html").read_text("utf-8") == "new"
    assert (mine / "letter.txt").exists()
    assert not (mine / "en/budgets.html").exists()


def test_a_place_is_found_from_a_disk_by_its_postal_code(copy, tab):
    """4800 is Verviers (bpost)."""
    tab.goto((copy / "en/index.html").as_uri())
    tab.fill("#q", "4800")
    tab.keyboard.press("Enter")
    tab.locator("#results a").first.click()
    assert tab.locator("h1").text_content() == "Verviers"
