"""R16: whatever a command fails at, a person reads one sentence; `--debug` shows the trace as well."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ennum_stats import publication
from ennum_stats.cli import app
from ennum_stats.cli.failures import tell
from ennum_stats.cli.usage import confirm
from ennum_stats.errors import EnnumError, message
from ennum_stats.project import Project

NO_STREAM = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")


def run(*arguments, **options):
    return CliRunner().invoke(app, list(arguments), **options)


@pytest.fixture
def failing(monkeypatch, project):
    """Makes the command `check` fail with an error."""

    def fail(error):
        def checked(_project):
            raise error

        monkeypatch.setattr(publication, "checked", checked)
        return ("check", "--root", str(project.root))

    return fail


SENTENCES = {
    "fr": "C’est une erreur du logiciel, pas la vôtre (ZeroDivisionError: by zero). Relancez",
    "de": "Das ist ein Fehler des Programms, nicht Ihrer (ZeroDivisionError: by zero). Führen Sie",
    "nl": "Dit is een fout van het programma, niet van u (ZeroDivisionError: by zero). Voer",
    "en": "This is an error of the program, not of yours (ZeroDivisionError: by zero). Run",
}


@pytest.mark.document
@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items())
def test_an_unforeseen_error_says_what_to_send(capsys, language, sentence):
    code = tell(ZeroDivisionError("by zero"), language, is_debugging=False)
    out, err = capsys.readouterr()
    assert (code, out) == (1, "")
    assert err.startswith(sentence)
    assert "--debug" in err
    assert err.count("\n") == 1


@pytest.mark.document
def test_whatever_fails_ends_with_a_code_that_is_not_that_of_success():
    """But for a pipe that nobody reads any more: who asked has what they wanted."""
    kinds = [EnnumError]
    for kind in kinds:
        kinds += [one for one in kind.__subclasses__() if one not in kinds]
    assert len(kinds) > 20
    assert {kind.exit_code for kind in kinds} == {1, 2}
    full, refused = OSError(28, "full", "x"), PermissionError(13, "no", "x")
    for error in (full, refused, MemoryError(), KeyError("x"), EnnumError(message("x"), where="y")):
        assert tell(error, "fr", is_debugging=False) in (1, 2), error
    assert tell(BrokenPipeError(), "fr", is_debugging=False) == 0


def test_debug_shows_the_trace_before_or_after_the_command(failing):
    arguments = failing(PermissionError(13, "Permission denied", "/data/x.csv"))
    sentence = run(*arguments).stderr
    assert sentence.startswith("/data/x.csv: Le système refuse l’accès.")
    for given in (("--debug", *arguments), (*arguments, "--debug")):
        answer = run(*given)
        assert answer.exit_code == 1
        assert answer.stderr.startswith("Traceback (most recent call last):")
        assert "PermissionError: [Errno 13]" in answer.stderr
        assert answer.stderr.endswith(sentence)


def test_help_tells_of_debug():
    assert "--debug" in run("--help").stdout
    assert "--debug" in run("check", "--help").stdout


def test_control_c_is_one_line_and_130(failing):
    answer = run(*failing(KeyboardInterrupt()))
    assert (answer.exit_code, answer.stdout, answer.stderr.strip()) == (130, "", "Interrompu.")


@pytest.mark.parametrize(("stop", "code"), [(KeyboardInterrupt, 130), (EOFError, 1)])
def test_a_question_is_left_by_control_c_or_by_the_end_of_what_is_typed(monkeypatch, stop, code):
    def typed(_prompt):
        raise stop

    def asked(_project):
        monkeypatch.setattr("typer._click.termui.visible_prompt_func", typed)
        confirm("Really?", "fr")

    monkeypatch.setattr(publication, "checked", asked)
    root = Path(__file__).parents[2]
    Project(root).keep_private()  # in a new clone the first command says what others could read
    answer = run("check", "--root", str(root))
    assert answer.exit_code == code
    assert answer.stderr.strip() == "Interrompu."


def ennum(streams, *arguments):
    """Runs the command in a shell, its streams as told."""
    command = f'exec "{sys.executable}" -m ennum_stats.cli "$@" {streams}'
    return subprocess.run(
        ["/bin/sh", "-c", command, "sh", *arguments], capture_output=True, text=True, check=False, timeout=60
    )


@NO_STREAM
def test_output_that_cannot_be_written_is_told():
    done = ennum("> /dev/full", "--help")
    assert done.returncode == 1
    assert done.stderr.startswith("Le disque est plein.")
    assert done.stderr.count("\n") == 1


@NO_STREAM
@pytest.mark.parametrize("streams", ["> /dev/full 2>&1", "> /dev/full 2>&-"])
def test_where_nothing_can_be_written_the_exit_code_tells(streams):
    assert ennum(streams, "--help").returncode == 1


@NO_STREAM
@pytest.mark.parametrize("streams", [">&-", "<&-", "2>&-", "| head -c 1 > /dev/null"])
def test_a_stream_that_nobody_reads_is_no_fault(streams):
    done = ennum(streams, "--help")
    assert (done.returncode, done.stderr) == (0, "")
