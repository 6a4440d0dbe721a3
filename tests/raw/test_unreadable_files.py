"""Raw files that are none, or that cannot be read: findings with place and remedy, never a trace."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.publication import build_if_changed
from ennum_stats.raw.schema import RawTablesRefused
from ennum_stats.store.build import build
from ennum_stats.store.publish import current_store

LANGUAGES = ("fr", "de", "nl", "en")
IS_A_FOLDER = "This is a folder. A file is expected here. Move the folder elsewhere, and put the file back."
UNREADABLE = (
    "This file cannot be read. A CSV file that you may read is expected here. "
    "Close it in other programs, and look at its access rights and its content."
)


def ennum(command, project, language):
    return CliRunner().invoke(app, [command, "--root", str(project.root), "--lang", language])


def make_folder(copy, file):
    copy.path(file).unlink(missing_ok=True)
    copy.path(file).mkdir(parents=True)


@pytest.fixture
def forbid(monkeypatch):
    """A function that takes the right to read one file away: a test that runs as root has every right."""
    opened = Path.open

    def deny(forbidden):
        def refusing(path, *arguments, **named):
            if path == forbidden:
                raise PermissionError(13, "Permission denied", str(path))
            return opened(path, *arguments, **named)

        monkeypatch.setattr(Path, "open", refusing)

    return deny


@pytest.mark.parametrize(
    "file",
    ["prices.csv", "observations/more.csv", "observations/published.csv", "embargoed/more.csv",
     "rows/communes.csv"],
)  # fmt: skip
def test_a_folder_in_the_place_of_a_file_is_a_finding(raw_copy, file):
    make_folder(raw_copy, file)
    (finding,) = raw_copy.findings()
    assert finding == f"data/raw/{file}:1: {IS_A_FOLDER}"


def test_a_file_in_the_place_of_the_folder_of_observations_is_a_finding(raw_copy):
    for path in raw_copy.path("observations").iterdir():
        path.unlink()
    raw_copy.path("observations").rmdir()
    raw_copy.path("observations").write_text("observation_id\n", "utf-8")
    (finding,) = raw_copy.findings()
    assert finding.startswith("data/raw/observations/observations.csv:1: This file is missing.")


@pytest.mark.parametrize("file", ["sources.csv", "observations/published.csv"])
def test_a_file_without_the_right_to_read_it_is_a_finding(raw_copy, forbid, file):
    forbid(raw_copy.path(file))
    (finding,) = raw_copy.findings()
    assert finding == f"data/raw/{file}:1: {UNREADABLE}"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\x00\x01\r\x02" * 50, id="bytes that are no text"),
        pytest.param(b"series,year\r2000,1\r", id="line ends of an old Mac"),
    ],
)
def test_what_is_no_table_at_all_is_one_finding(raw_copy, content):
    raw_copy.path("prices.csv").write_bytes(content)
    (finding,) = raw_copy.findings()
    assert finding == f"data/raw/prices.csv:1: {UNREADABLE}"


def test_a_quotation_mark_inside_a_quoted_cell_is_a_finding(raw_copy):
    raw_copy.bytes("actors.csv", lambda data: data.rstrip() + b'\n"x"y,a,b,c,d,,\n')
    (finding,) = raw_copy.findings()
    assert finding == f"data/raw/actors.csv:1: {UNREADABLE}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", ["check", "build"])
def test_commands_tell_of_it_in_the_readers_language(raw_copy, forbid, command, language):
    make_folder(raw_copy, "observations/more.csv")
    forbid(raw_copy.path("prices.csv"))
    raw_copy.path("events.csv").unlink()
    result = ennum(command, raw_copy.project, language)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    for place in ("observations/more.csv", "prices.csv", "events.csv"):
        assert f"data/raw/{place}:1: " in result.stdout
    assert (IS_A_FOLDER in result.stdout) == (language == "en")
    assert not (raw_copy.project.processed / "current.json").exists()


def test_a_build_that_cannot_read_leaves_the_published_store(built_copy):
    published = current_store(built_copy.project)
    make_folder(built_copy, "observations/more.csv")
    make_folder(built_copy, "prices.csv")
    for make in (build, build_if_changed):
        with pytest.raises(RawTablesRefused):
            make(built_copy.project)
    assert current_store(built_copy.project) == published


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", ["0", "-1"])
def test_a_step_of_zero_or_less_is_a_finding(raw_copy, step, language):
    kit = "observations/press_kit_2020.csv"
    line = raw_copy.cell(kit, "press-kit-2020.projects_awarded.EN2018", "step", step)
    result = ennum("check", raw_copy.project, language)
    assert result.exit_code == 1
    found = [text for text in result.stdout.splitlines() if text.startswith("data/raw/")]
    assert len(found) == 1
    assert found[0].startswith(f"data/raw/{kit}:{line}: step: ")
    words = {"0": "The step is zero.", "-1": "“-1” is negative."}[step]
    assert (words in found[0]) == (language == "en")
