"""The correction notice, the check of a kit and the citations: what an editor does after publication."""

import json
import shutil

import pytest
from docx import Document
from docx.oxml.ns import qn
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.document.blocks import Heading, Paragraph, plain_text
from ennum_stats.figures.figure import figure
from ennum_stats.kit.correction_notice import MadeKit, corrections, made_kits, notice_blocks
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.manifest import MANIFEST, Manifest
from ennum_stats.kit.notice_files import write_notice
from ennum_stats.kit.verification import verify_kit
from ennum_stats.languages import LANGUAGES

TODAY = "2026-11-24"
BEFORE = "2020-10-31"
TEAMS = "en_teams_2012_2020"
"""More than 2,400 teams (parliament, October 2020); nearly 2,400 (Digital Wallonia, December 2020)."""


def run(*arguments):
    return CliRunner().invoke(app, [str(one) for one in arguments])


def kit_of(ledger, folder="2020-10-31", **figures_of):
    """What the manifest of a French kit tells, with other numbers for some figures."""
    record = figure(ledger, TEAMS).record("fr") | figures_of
    made_of = {
        "known_at": str(ledger.known_at), "content_hash": ledger.content_hash, "figures": {TEAMS: record},
    }  # fmt: skip
    return MadeKit(folder, "fr", made_of)


@pytest.fixture(scope="module")
def ledgers(ledger_at):
    return ledger_at(BEFORE), ledger_at(TODAY)


def found_for(ledgers, kits=(), name=TEAMS):
    return [one for one in corrections(*ledgers, kits, "fr") if one.now.name == name]


def test_what_was_written_and_what_is_to_be_read(ledgers):
    (found,) = found_for(ledgers, [kit_of(ledgers[0])])
    assert found.written.replace("\u00a0", " ").replace("\u202f", " ") == "plus de 2 400 équipes"
    assert "près de" in found.now.text("fr")
    (reason,) = found.reasons
    assert str(reason).startswith("There is a newer number, in “")
    assert not found.is_mistake
    assert found.kits == ("2020-10-31/fr",)
    assert found.documents[0].source.source_id == "digital-wallonia-2020"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_words_never_stand_on_both_sides(ledger_at, language):
    """781 submitted for 325 and, in 2020, for 326 selected are “about 2.4” both times, forwards and backwards."""
    days = [ledger_at(day) for day in ("2018-12-31", "2020-01-31")]
    for before, after in (days, days[::-1]):
        found = [*corrections(before, after, [], language)]
        assert len(found) > 3
        assert [one.now.name for one in found if one.written == one.now.text(language)] == []


def test_what_was_not_known_then_is_no_mistake(ledgers):
    assert figure(ledgers[0], "en2021_schools_charleroi").quantity is None
    assert figure(ledgers[1], "en2021_schools_charleroi").quantity is not None
    assert found_for(ledgers, name="en2021_schools_charleroi") == []
    kit = kit_of(ledgers[0], value=None, lower=None, upper=None, missing_reason="not_published")
    assert found_for((ledgers[1], ledgers[1]), [kit]) == []


def test_a_kit_that_says_otherwise_than_the_store_of_its_day_was_corrected_since(ledgers):
    other = {"value": 2300, "lower": 2300, "upper": 2300, "text": "2 300 équipes (fictif)"}
    kit = kit_of(ledgers[0], **other)
    by_words = {one.written: one for one in found_for(ledgers, [kit])}
    assert len(by_words) == 2
    mine = by_words["2 300 équipes (fictif)"]
    assert "The data are the same" in str(mine.reasons[0])
    assert mine.is_mistake
    kit.made_of["content_hash"] = "0" * 64
    mine = next(one for one in found_for(ledgers, [kit]) if one.kits)
    assert str(mine.reasons[0]) == "The data of that day were corrected since."


def test_a_kit_of_another_time_carries_no_old_number(ledgers):
    late = kit_of(ledgers[0])
    late.made_of["known_at"] = "2026-12-31"
    (found,) = found_for(ledgers, [late])
    assert found.kits == ()


@pytest.mark.parametrize("language", ["fr", "de", "nl", "en"])
def test_a_notice_of_a_time_in_which_nothing_changed_says_so(ledgers, language):
    edition = Edition(ledgers[1], language)
    heading, line = notice_blocks(edition, ledgers[1], [])
    assert (type(heading), type(line)) == (Heading, Paragraph)


def test_the_notice_stands_in_its_folder_in_each_language_and_keeps_what_people_wrote(built_copy, ledgers):
    out = built_copy.project.root / "notice"
    found = write_notice(built_copy.project, *ledgers, ("fr", "en"), out)
    assert TEAMS in [one.now.name for one in found]
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    ends = ("docx", "html", "md")
    assert names == {MANIFEST, *(f"{one}/notice.{end}" for one in ("fr", "en") for end in ends)}
    words = (out / "fr" / "notice.md").read_text("utf-8").replace("\u00a0", " ").replace("\u202f", " ")
    assert "**Nous écrivions :** plus de 2 400 équipes." in words
    assert "**Le nombre est désormais :** près de 2 400 équipes, à 100 près." in words
    assert "# Avis de mise à jour – " in words
    assert "ectification" not in words
    page = (out / "fr" / "notice.html").read_text("utf-8")
    assert page.count("<h1>") == 1
    assert "Nous écrivions" in page
    assert verify_kit(built_copy.project, out).findings == ()
    (out / "fr" / "notice.md").write_text("our words", "utf-8")
    write_notice(built_copy.project, *ledgers, ("fr",), out)
    assert (out / "fr" / "notice.md").read_text("utf-8") == "our words"
    assert (out / "fr" / f"notice ({TODAY}).md").is_file()
    assert (out / "en" / "notice.docx").is_file()


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("fr", ["Rectifications", "Mises à jour"]), ("de", ["Berichtigungen", "Aktualisierungen"]),
        ("nl", ["Rechtzettingen", "Bijwerkingen"]), ("en", ["Corrections", "Updates"]),
    ],
)  # fmt: skip
def test_what_was_wrong_and_what_is_newer_are_told_apart(ledgers, language, titles):
    other = {"value": 2300, "lower": 2300, "upper": 2300, "text": "2 300 équipes (fictif)"}
    kit = kit_of(ledgers[0], **other)
    kit.made_of["content_hash"] = "0" * 64
    blocks = notice_blocks(Edition(ledgers[1], language), ledgers[0], found_for(ledgers, [kit]))
    headings = [block for block in blocks if isinstance(block, Heading)]
    assert [plain_text(block) for block in headings if block.level == 2] == titles
    wrong = blocks.index(headings[1]), blocks.index(headings[3])
    assert "2 300" in plain_text(blocks[wrong[0] : wrong[1]])
    assert "2 300" not in plain_text(blocks[wrong[1] :])


# --- verify ----------------------------------------------------------------------------------------------


@pytest.fixture
def copied_kit(kit, tmp_path):
    return shutil.copytree(kit, tmp_path / "reports" / TODAY)


def test_a_kit_as_it_was_made_has_nothing_wrong(project, copied_kit):
    assert verify_kit(project, copied_kit).findings == ()
    assert [one.name for one in made_kits(copied_kit.parent)] == [f"{TODAY}/fr"]


def test_files_that_people_changed_added_or_took_away_are_named(project, copied_kit):
    (copied_kit / "fr" / "press-kit.docx").write_text("changed", "utf-8")
    (copied_kit / "fr" / "press-kit.pdf").write_text("changed", "utf-8")
    (copied_kit / "fr" / "press-kit.html").unlink()
    (copied_kit / "notes.txt").write_text("added", "utf-8")
    found = verify_kit(project, copied_kit).findings
    wrong = sorted(str(one.sentence) for one in found if one.is_wrong)
    assert wrong == [
        "“fr/press-kit.docx” was changed since it was made.",
        "“fr/press-kit.html” is missing.",
        "“fr/press-kit.pdf” was changed since it was made.",
    ]
    assert [str(one.sentence) for one in found if not one.is_wrong] == ["“notes.txt” is not of the program."]
    done = run("verify", copied_kit, "--root", project.root)
    assert done.exit_code == 1
    assert "Différences trouvées\u00a0: 3." in done.stdout


def test_a_number_that_the_store_says_otherwise_now_is_named_with_both(project, copied_kit):
    told = Manifest.of(copied_kit)
    written = told.editions["fr"]["figures"][TEAMS] | {"value": "1", "text": "1 équipe (fictif)"}
    figures_of = told.editions["fr"]["figures"] | {TEAMS: written}
    edition = {**told.editions["fr"], "figures": figures_of}
    (copied_kit / MANIFEST).write_text(Manifest({"fr": edition}, told.files).text(), "utf-8")
    (found,) = verify_kit(project, copied_kit).findings
    assert "written 1 équipe (fictif)" in str(found.sentence)


def test_a_manifest_changed_by_hand_proves_nothing(project, copied_kit):
    told = json.loads((copied_kit / MANIFEST).read_text("utf-8"))
    told["files"].popitem()
    (copied_kit / MANIFEST).write_text(json.dumps(told), "utf-8")
    (found,) = verify_kit(project, copied_kit).findings
    assert "changed by hand" in str(found.sentence)


def test_another_folder_is_no_kit(project, tmp_path):
    done = run("verify", tmp_path, "--root", project.root)
    assert done.exit_code == 2
    assert "MANIFEST.json" in done.stderr


def test_a_document_is_compared_with_the_store_of_its_own_day(project, copied_kit):
    path = copied_kit / "fr" / "release.docx"
    asked = ("verify", path, "--root", project.root)
    done = run(*asked)
    assert done.exit_code == 0, done.output
    assert "24\u00a0novembre 2026" in done.stdout
    *_, last = run(*asked, "--lang", "en").stdout.splitlines()  # in one language, that of the reader
    assert last.startswith("Everything is up to date")
    document = Document(path)
    (number, *_) = [one for one in document.element.body.iter(qn("w:t")) if one.text == "183"]
    number.text = "193"
    document.save(path)
    done = run(*asked)
    assert done.exit_code == 1
    assert "193" in done.stdout


# --- cite ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("total_investment", "dataset", "136,6"),
        ("winners_per_call", "graphic", "28 lauréats"),
        ("digital-wallonia-2020", "report", "Digital Wallonia"),
    ],
)
def test_whatever_has_a_name_can_be_cited(project, ledger_at, name, kind, words):
    asked = ("cite", name, "--known-at", TODAY, "--root", project.root)
    text = run(*asked).stdout
    assert words in text
    (item,) = json.loads(run(*asked, "--format", "csl").stdout)
    assert item["type"] == kind
    if kind != "report":
        content = ledger_at(TODAY).content_hash
        assert content[:16] in text
        assert item["version"] == content
        assert item["issued"] == {"date-parts": [[2026, 11, 24]]}
    assert run(*asked, "--format", "bibtex").stdout.startswith("@misc{")


def test_a_name_that_there_is_not_is_told_with_the_nearest(project):
    done = run("cite", "total_investmen", "--root", project.root)
    assert done.exit_code != 0
    assert "total_investment" in done.stderr
