"""The documentation says what the code does."""

import json
import os
import re
import shlex
import subprocess
import sys
import warnings
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from typer.main import get_command
from typer.testing import CliRunner

import ennum_stats
from dashboards import data_page, decisions_page
from ennum_stats import NothingCollected
from ennum_stats.cli import app
from ennum_stats.errors import Message
from ennum_stats.figures import figures
from ennum_stats.languages import translate
from ennum_stats.office.fill import fill
from ennum_stats.store.ledger import open_ledger
from tests.conftest import SEEDS
from tools import import_pictures, reference
from tools.catalogues import declared
from tools.data_dictionary import TARGET, dictionary

ROOT = Path(__file__).resolve().parents[1]
GENERATE = "run `python -m tools.generated`"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_data_dictionary_is_what_the_code_declares() -> None:
    assert TARGET.read_text("utf-8") == dictionary(), GENERATE


def test_every_command_shown_exists_with_its_options() -> None:
    commands = get_command(app).commands
    own = {"press", "test", "bench", "contact-sheet", "sbom", "setup", "lock", "docs"}
    shown = 0
    for page in PAGES:
        for name, rest in re.findall(
            r"^(?:python3 run\.py|ennum) ([a-z-]+)([^#\n]*)", page.read_text("utf-8"), re.MULTILINE
        ):
            shown += 1
            assert name in commands or name in own, (page.name, name)
            if name in commands:
                known = {option for p in commands[name].params for option in p.opts}
                assert known.issuperset(re.findall(r"--[a-z-]+", rest)), (page.name, name, rest)
    assert shown > 10


def test_pictures_and_pages_linked_exist() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), (page.name, target)


def test_the_command_reference_is_what_the_commands_say() -> None:
    assert reference.COMMANDS.read_text("utf-8") == reference.command_reference(), GENERATE


def test_the_figure_catalogue_is_what_the_code_declares(ledger_at) -> None:
    assert reference.FIGURES.read_text("utf-8") == reference.figure_catalogue(ledger_at("2026-11-24")), (
        GENERATE
    )


@pytest.mark.product
@pytest.mark.reads("docs", "tools", "ennum_stats", "data/raw")
def test_the_import_tried_step_by_step_says_what_it_says(tmp_path, monkeypatch) -> None:
    for name in ("ENNUM_ROOT", "COLUMNS"):  # the output is that of a file, not of a terminal's width
        monkeypatch.delenv(name, raising=False)
    text = import_pictures.PAGE.read_text("utf-8")
    tried = import_pictures.with_outputs(text, import_pictures.tried(tmp_path))
    assert tried == text, "run `python -m tools.import_pictures`"


GUIDES = {
    "data": {
        "ajouter-un-appel": "add-a-call",
        "donnees": "data",
        "outils-bi": "bi-tools",
        "page-donnees": "data-page",
    },
    "words": {
        "assistants": "assistants",
        "communication": "communication",
        "direction": "management",
        "embargo": "embargo",
        "verifier-un-texte": "check-a-text",
    },
    "measures": {"analyse": "analysts", "couverture": "coverage"},
}
"""The guide of each user, in French and in English, by what they are about."""
BUTTONS = (
    "READ", "ANSWERED", "READ_AGAIN", "WRITE", "GIVE_UP", "UNDO", "STOP", "SEARCH_REGISTER", "THIS_ONE", "READ_SO",
)  # fmt: skip
"""Of the page for data, as it names them."""
WITHOUT_COMMANDS = {"embargo", "page-donnees", "data-page"}
"""Those whose commands need a number under embargo (tests/kit/test_embargo.py), or that tell of a page."""


def shown(page):
    """The commands of a page, and its Python."""
    text = page.read_text("utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines() if line.strip()]
    return commands, re.findall(r"```python\n(.*?)```", text, re.DOTALL)


def test_there_is_a_guide_for_each_user_in_both_languages() -> None:
    pairs = [pair for guides in GUIDES.values() for pair in guides.items()]
    for language, names in zip(("fr", "en"), zip(*pairs, strict=True), strict=True):
        assert {page.stem for page in (ROOT / "docs" / language).glob("*.md")} == {*names}


def test_the_guide_in_pictures_calls_everything_as_the_page_does() -> None:
    texts = [Message(text) for text in declared() if isinstance(text, str)]
    buttons = [getattr(data_page, name) for name in BUTTONS] + [*data_page.STEP_BUTTONS.values()]
    buttons += [decisions_page.EXPLAIN, decisions_page.DECLARE_COMPLETE, decisions_page.WEIGH]
    shown = []
    for language, name in (("fr", "page-donnees"), ("en", "data-page")):
        text = (ROOT / "docs" / language / f"{name}.md").read_text("utf-8")
        named = {" ".join(words.split()) for words in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)}
        assert named - {translate(each, language) for each in texts} == set()
        assert {translate(each, language) for each in buttons} <= named
        pictures = re.findall(r"!\[(.+?)\]\(\.\./images/(data-.+?)-" + language + r"\.png\)", text)
        invented = {"fr": "Données fictives", "en": "Invented data"}[language]
        assert all(alt.startswith(invented) for alt, _ in pictures)
        shown.append([picture for _, picture in pictures])
    assert shown[0] == shown[1]
    made = [*(ROOT / "docs" / "images").glob("data-*.png")]
    assert {path.stem[:-3] for path in made} == {*shown[0]}
    assert max(path.stat().st_size for path in made) <= 40_000


def documents_of_guides(project):
    """Makes the documents that guides work on: a note to be filled in, and one that is filled in already."""
    note = Document()
    note.add_paragraph("En vingt ans : {{total_investment}}, et {{last_projects}} pour {{call:last}}.")
    note.save("note.docx")
    fill(open_ledger(project), Path("note.docx"), out=Path("dossier.docx"))


@pytest.mark.reads("docs/fr", "docs/en", "ennum_stats", "data/raw")
@pytest.mark.parametrize("about", GUIDES)
def test_every_command_of_a_guide_runs(about, built_copy, monkeypatch) -> None:
    """In one project. A command that two guides show runs once, and in each run in one language."""
    monkeypatch.delenv("ENNUM_ROOT", raising=False)
    monkeypatch.chdir(built_copy.project.root)
    documents_of_guides(built_copy.project)
    done = set()
    names = [
        (tag, name) for pair in GUIDES[about].items() for tag, name in zip(("fr", "en"), pair, strict=True)
    ]
    for tag, name in names:
        page = ROOT / "docs" / tag / f"{name}.md"
        commands, code = shown(page)
        assert commands or name in WITHOUT_COMMANDS
        for line in commands:
            assert shlex.split(line)[0] == "ennum"
            like = line if SEEDS else re.sub(r" --lang \w+", "", line)
            if like not in done:
                result = CliRunner().invoke(app, shlex.split(line)[1:])
                assert result.exit_code == 0, (line, result.stderr, result.exception)
                done.add(like)
        with warnings.catch_warnings():
            # What counts schools is empty where no list is loaded, and says so.
            warnings.simplefilter("ignore", NothingCollected)
            for block in code:
                exec(compile(block, str(page), "exec"), {})  # noqa: S102 - our own page


@pytest.mark.product
@pytest.mark.hour  # `run.py docs` builds it so, too
@pytest.mark.reads("docs", "notebooks", "mkdocs.yml", "ennum_stats", "tools")
def test_the_site_builds_without_warnings_and_asks_nothing_of_others(tmp_path) -> None:
    pytest.importorskip("material")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(tmp_path)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    pages = [*tmp_path.rglob("*.html")]
    assert len([page for page in pages if "notebooks" in page.parts]) == 20
    for page in pages:
        text = page.read_text("utf-8")
        fetched = re.findall(r'<(?:script|img|iframe)[^>]*? src="(?:https?:)?//[^"]*', text)
        fetched += re.findall(r'<link[^>]*? rel="(?:stylesheet|preconnect)"[^>]*//[^"]*', text)
        assert not fetched, page
    search = json.loads((tmp_path / "search" / "search_index.json").read_text("utf-8"))["docs"]
    found = {entry["location"].partition("#")[0] for entry in search if "DataFrame" in entry["text"]}
    assert "python/" in found
    reference = (tmp_path / "python" / "index.html").read_text("utf-8")
    guide = (tmp_path / "fr" / "analyse" / "index.html").read_text("utf-8")
    assert ("Table of contents" in reference, "Table des matières" in reference) == (True, False)
    assert ("Table of contents" in guide, "Table des matières" in guide) == (False, True)
    assert "<blockquote>" not in reference
    for kind in ennum_stats.Store.__mro__:
        if kind.__module__ == "ennum_stats.analyst" or kind.__module__.startswith("ennum_stats.measures"):
            at = "ennum_stats" if kind is ennum_stats.Store else kind.__module__
            for name in (one for one, told in vars(kind).items() if callable(told) and one[0] != "_"):
                assert f'id="{at}.{kind.__name__}.{name}"' in reference, name


def test_the_map_of_the_code_and_the_decisions_name_files_that_exist() -> None:
    """Where a folder is told, the file stands in it; a name alone stands anywhere in the code."""
    places = [ROOT / name for name in ("ennum_stats", "dashboards", "tests", "tools", "bench", "data/raw")]
    standing = [path.as_posix() for place in places for path in place.rglob("*.*")]
    decisions = [*(ROOT / "docs" / "decisions").glob("*.md")]
    for page in (ROOT / "CONTRIBUTING.md", ROOT / "docs" / "architecture.md", *decisions):
        kinds = "py" if page in decisions else "py|csv"  # decisions speak of tables that a project may have
        for name in re.findall(rf"`([\w/]+\.(?:{kinds}))`", page.read_text("utf-8")):
            is_there = (ROOT / name).exists() or any(path.endswith(f"/{name}") for path in standing)
            assert is_there, (page.name, name)


def test_the_index_of_decisions_leads_to_every_page_of_them() -> None:
    index = ROOT / "docs" / "decisions" / "index.md"
    linked = set(re.findall(r"\]\(([\w-]+\.md)\)", index.read_text("utf-8")))
    assert linked == {page.name for page in index.parent.glob("*.md")} - {index.name}


NUMBER_OF_THINGS = re.compile(
    r"(?<!pour )(?<!for )(?<!per )(?<![\w.,-])(?<!\d[ \u00a0])"
    r"(\d{1,3}(?:[ .,\u00a0\u202f]?\d{3})*(?:[.,]\d+)?)[ \u00a0]"
    r"(millions?|implantations|projets|lauréats|écoles|établissements|school sites|sites|projects|winners|schools)\b"
)


PAGES_OF_GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("[a-z][a-z]/*.md"))]


@pytest.mark.parametrize("path", PAGES_OF_GUIDES, ids=lambda path: path.name)
def test_a_number_of_the_programmes_in_a_guide_is_one_of_a_document_or_figure(ledger_at, path) -> None:
    """Or an end of what its wording implies ("about 3,800" is 3,750 to 3,850)."""
    ledger = ledger_at("2026-11-24")
    told = [one.quantity for one in (*ledger.all_observations(), *figures(ledger)) if one.quantity]
    known = {number for one in told for number in (one.value, *one.bounds.ends)}
    prose = re.sub(r"^```.*?^```|`[^`]*`", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    stated = []
    for digits, unit in NUMBER_OF_THINGS.findall(prose):
        plain = re.sub(r"[ \u00a0\u202f]|[.,](?=\d{3})", "", digits).replace(",", ".")
        stated.append(Decimal(plain) * (10**6 if unit.startswith("million") else 1))
    assert [number for number in stated if number not in known] == []
