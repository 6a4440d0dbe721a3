"""What stands around the commands: help, misuse and questions, with no English word of Typer's left."""

import re

import pytest
import typer
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.cli.usage import confirm
from ennum_stats.errors import UnknownName
from ennum_stats.measures.coverage.coverage_table import coverage_rows
from ennum_stats.store.ledger import open_ledger

COMMANDS = sorted(c.name or c.callback.__name__ for c in app.registered_commands)
ENGLISH = re.compile(
    r"Usage: |Error|Missing|No such|Invalid|Try |default:|required|Show this|Commands:|COMMAND "
    r"|ARGS|env var|Aborted|<str>|<int|<path>|<list[ >]|Did you"
)


def run(*arguments, **options):
    return CliRunner().invoke(app, list(arguments), **options)


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)], ids=" ".join)
def test_help_is_french_as_a_whole(command):
    answer = run(*command, "--help")
    assert answer.exit_code == 0
    assert answer.stdout.startswith("Usage\u00a0: ")
    assert all(f" {name} " in answer.stdout for name in command)
    assert "Affiche cette aide." in answer.stdout
    assert not ENGLISH.search(answer.stdout)


MISUSES = {
    (
        "figures",
        "--lang",
        "it",
    ): "--lang ne peut être «\u00a0it\u00a0». Valeurs possibles\u00a0: fr, de, nl, en.",
    ("trace",): "L’argument NOM manque.",
    ("--nonsense",): "L’option --nonsense n’existe pas.",
    (
        "figures",
        "--format",
        "xml",
    ): "--format ne peut être «\u00a0xml\u00a0». Valeurs possibles\u00a0: table, json, csv.",
    ("dashboard", "--port", "x"): "--port doit être un nombre entier.",
    ("dashboard", "--port", "0"): "--port doit être au moins 1.",
    ("dashboard", "--port", "70000"): "--port doit être au plus 65535.",
    ("figures", "--knwn-at", "3"): "L’option --knwn-at n’existe pas. Noms proches\u00a0: --known-at.",
    ("figur",): "La commande figur n’existe pas. Noms proches\u00a0: figures.",
    ("xyzzy",): "La commande xyzzy n’existe pas.",
    ("measure",): "L’argument NOM manque.",
    ("diff", "--from", "2020"): "L’option --to manque.",
    ("figures", "--known-at"): "L’option --known-at demande une valeur.",
    ("build", "a", "b"): "Ces arguments sont de trop\u00a0: a b.",
    ("import", "--dry-run=3"): "L’option --dry-run ne prend pas de valeur.",
    ("--root", "."): "Il manque une commande.",
}


@pytest.mark.parametrize(("arguments", "sentence"), MISUSES.items(), ids=lambda a: " ".join(a)[:30])
def test_a_misuse_is_told_in_french(arguments, sentence):
    answer = run(*arguments)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert answer.stderr.endswith(f"Erreur\u00a0: {sentence}\n")
    assert not ENGLISH.search(answer.stderr)


@pytest.mark.parametrize(
    ("language", "heading", "sentence"),
    [
        ("fr", "Usage\u00a0: ", "Erreur\u00a0: L’argument NOM manque."),
        ("de", "Aufruf: ", "Fehler: Das Argument NOM fehlt."),
        ("nl", "Gebruik: ", "Fout: Het argument NOM ontbreekt."),
        ("en", "Usage: ", "Error: The argument NOM is missing."),
    ],
)
def test_a_misuse_is_told_with_the_usage_in_the_language_asked_for(language, heading, sentence):
    for asked in (("--lang", language), (f"--lang={language}",)):
        told = run("measure", *asked).stderr
        assert told.startswith(f"{heading}ennum measure ")
        assert sentence in told


def asking(answers, language="fr"):
    """The result of a question to which these lines are typed."""
    small = typer.Typer()
    results = []

    @small.command()
    def ask() -> None:
        results.append(confirm("Écrire ?", language))

    answer = CliRunner().invoke(small, input=answers)
    return (results or [None])[0], answer.output


def test_these_mean_yes_and_these_and_silence_mean_no():
    assert all(asking(f"{yes}\n")[0] is True for yes in ("o", "oui", "y", "yes", "O", " Oui ", "j", "ja"))
    assert all(asking(f"{no}\n")[0] is False for no in ("", "n", "non", "no", "nein", "nee", "NON"))


@pytest.mark.parametrize(
    ("language", "hint"), [("fr", "[o/N]"), ("de", "[j/N]"), ("nl", "[j/N]"), ("en", "[y/N]")]
)
def test_the_question_shows_how_to_answer(language, hint):
    assert hint in asking("n\n", language)[1]


def test_what_is_neither_is_asked_again():
    result, output = asking("peut-être\noui\n")
    assert result is True
    assert "Répondez par oui ou par non." in output


def test_a_command_that_is_stopped_says_so(monkeypatch):
    def stopped(*_arguments, **_options):
        raise typer.Abort

    monkeypatch.setattr("ennum_stats.cli.options.project_of", stopped)
    answer = run("check")
    assert answer.exit_code == 1
    assert answer.stderr == "Interrompu.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("measure", "budgets", "--by", "couleur"),
        ("measure", "coverage", "--calls", "EN1899"),
        ("measure", "coverage", "--by", "commune", "--levels", "lycee"),
        ("measure", "coverage", "--without", "rien"),
        ("measure", "coverage", "--programme", "rien"),
        ("chart", "rien"),
        ("figures", "rien"),
        ("trace", "rien"),
    ],
    ids=" ".join,
)
def test_an_unknown_code_name_or_dimension_is_a_misuse_with_a_sentence(project, arguments):
    answer = run("--root", str(project.root), *arguments)
    assert answer.exit_code == 2
    assert len(answer.stderr.strip().splitlines()) == 1
    assert "Traceback" not in answer.output


def test_ranges_of_numbers_are_told_in_words():
    told = run("dashboard", "--help").stdout
    assert "de 1 à 65535" in told
    assert not re.search(r"x\s*[<>]|[<>]=?\s*x", told)


def test_messages_name_options_on_the_command_line_and_parameters_in_python(project):
    root = str(project.root)
    answer = run("--root", root, "measure", "coverage", "--without", "rien", "--lang", "en")
    assert answer.stderr.startswith("--without: There is no rule “rien”.")
    with pytest.raises(UnknownName, match=r"^without: There is no rule “rien”\."):
        coverage_rows(open_ledger(project), without=["rien"])
