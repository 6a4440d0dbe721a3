"""Write what Typer says around the commands in the user's language: help, misuse, and questions.

Typer holds its sentences in English in its code, without a catalogue. Help is French, as the texts of the
commands are; a sentence about misuse follows `--lang`, where the arguments name a language.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any

import typer
from typer import _click as click
from typer.core import TyperCommand, TyperGroup

from ennum_stats.cli.failures import DEBUG, DEBUG_HELP, STOPPED, say, tell
from ennum_stats.errors import Message, message
from ennum_stats.typography import LANGUAGES, colon

YES = frozenset(("o", "oui", "y", "yes", "j", "ja"))
NO = frozenset(("", "n", "no", "non", "nein", "nee"))
_USAGE_HEADING = "ennum.usage"
"""Where a context keeps the heading of its usage line in the user's language; French without it."""
_HELP_WORDS = {
    "default: ": "par défaut\u00a0: ",
    "required": "obligatoire",
    "env var: ": "variable d’environnement\u00a0: ",
    "<str>": "<texte>",
    "<int>": "<nombre>",
    "<int range>": "<nombre>",
    "<path>": "<chemin>",
    "<list[str]>": "",
}


def _in_french(record: tuple[str, str] | None) -> tuple[str, str] | None:
    """Translate the remarks in a line of help: type, default, range, whether it is required."""
    if record is None:
        return None
    name, help_text = record
    text, bracket, remarks = help_text.rpartition("[")
    for english, french in _HELP_WORDS.items():
        name = name.replace(english, french)
        remarks = remarks.replace(english, french)
    remarks = re.sub(r"(\d+)<=x<=(\d+)", r"de \1 à \2", remarks)
    remarks = re.sub(r"x>=(\d+)", r"au moins \1", remarks)
    remarks = re.sub(r"x<=(\d+)", r"au plus \1", remarks)
    return name.rstrip(), text + bracket + remarks if bracket else help_text


class _FrenchHelp(click.Command):
    """Give a command French help."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that shows how the command is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        pieces = pieces.replace("COMMAND [ARGS]...", "COMMANDE [ARGUMENTS]…")
        # Typer adds brackets to optional arguments, whose names here have them already.
        pieces = re.sub(r"\[(\[[^]]+\]…?)\](?:\.{3})?", r"\1", pieces)
        pieces = re.sub(r"\{([^}]+…)\}\.{3}", r"\1", pieces)
        heading = ctx.meta.get(_USAGE_HEADING, "Usage\u00a0:")
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{heading} ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write arguments and options, each under its heading."""
        for kind, title in (("argument", "Arguments\u00a0"), ("option", "Options\u00a0")):
            params = [param for param in self.get_params(ctx) if param.param_type_name == kind]
            records = [_in_french(param.get_help_record(ctx)) for param in params]
            if kind == "option":
                records.append((DEBUG, DEBUG_HELP))
            if lines := [record for record in records if record]:
                with formatter.section(title):
                    formatter.write_dl(lines)

    def get_help_option(self, ctx: click.Context) -> Any:
        """Return the option `--help`, explained in French."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Affiche cette aide."
        return option


class Command(_FrenchHelp, TyperCommand):
    """Define a command of `ennum`."""


class EnnumGroup(_FrenchHelp, TyperGroup):
    """Define `ennum` itself: list its commands, and explain a misuse in the user's language."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        with formatter.section("Commandes\u00a0"):
            limit = formatter.width - 6 - max(map(len, self.commands))
            formatter.write_dl(
                [(name, command.get_short_help_str(limit)) for name, command in self.commands.items()]
            )

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command and end with its exit code: 2 and a sentence for a misuse, 1 for an error, 130 where
        it was stopped."""
        given = list(sys.argv[1:] if args is None else args)
        is_debugging = DEBUG in given
        if is_debugging:
            args = [argument for argument in given if argument != DEBUG]
        run = partial(super().main, args, prog_name, complete_var, False, windows_expand_args)
        if not standalone_mode:
            return run(**extra)
        try:
            code = run(**extra)
            if code == STOPPED:
                say(message("Stopped."), _language_of(given))
            sys.stdout.flush()
        except click.exceptions.NoArgsIsHelpError as error:
            typer.echo(error.format_message(), err=True)
            code = error.exit_code
        except click.exceptions.ClickException as error:
            _tell(error, _language_of(given))
            code = error.exit_code
        except typer.Abort as stop:
            # At a question, Typer makes the same of Ctrl+C and of the end of what is typed.
            say(message("Stopped."), _language_of(given))
            code = STOPPED if isinstance(stop.__context__, KeyboardInterrupt) else 1
        except SystemExit:  # Typer's, where a reader closed the output early: they have what they asked for
            code = 0
        except Exception as error:  # noqa: BLE001 - whatever it is, a person reads a sentence
            code = tell(error, _language_of(given), is_debugging=is_debugging)
        sys.exit(code if isinstance(code, int) else 0)


def confirm(question: str, language: str) -> bool:
    """Ask a question that is answered by yes or no, in any of the languages; no where nothing is said."""
    letter = {"fr": "o", "en": "y"}.get(language, "j")
    while True:
        answer = typer.prompt(
            f"{question} [{letter}/N]", default="", show_default=False, prompt_suffix=f"{colon(language)} "
        )
        answer = str(answer).strip().lower()
        if answer in YES or answer in NO:
            return answer in YES
        say(message("Please answer by yes or no."), language)


def _language_of(arguments: Sequence[str]) -> str:
    """Find the first language that the arguments name, also where they cannot be parsed; else French."""
    codes = re.findall(rf"--lang[= ]({'|'.join(LANGUAGES)})(?= |$)", " ".join(arguments))
    return codes[0] if codes else "fr"


def _tell(error: click.exceptions.ClickException, language: str) -> None:
    """Say how the command is called, what is wrong, and where help is."""
    from ennum_stats.languages import translate

    context = getattr(error, "ctx", None)
    if context is not None:
        context.meta[_USAGE_HEADING] = translate(message("Usage:"), language)
        typer.echo(context.get_usage(), err=True)
        say(message("Help: {command}", command=f"{context.command_path} --help"), language)
        typer.echo(err=True)
    sentences = " ".join(translate(sentence, language) for sentence in _sentences(error))
    say(message("Error: {told}", told=sentences), language)


def _sentences(error: click.exceptions.ClickException) -> list[Message]:
    """Say what is wrong, with the nearest names where there are some."""
    match error:
        case click.exceptions.MissingParameter(param=param) if param is not None:
            name = param.get_error_hint().strip("'")
            if param.param_type_name == "argument":
                return [message("The argument {name} is missing.", name=name)]
            return [message("The option {name} is missing.", name=name)]
        case click.exceptions.NoSuchOption(option_name=name, possibilities=near):
            return [message("There is no option {name}.", name=name), *_nearest(near)]
        case click.exceptions.BadOptionUsage(option_name=name):
            if "does not take" in error.message:
                return [message("The option {name} takes no value.", name=name)]
            return [message("The option {name} needs a value.", name=name)]
        case click.exceptions.BadParameter(param=param) if param is not None:
            return _bad_value(param.get_error_hint().replace("'", ""), error.message)
    if match := re.match(r"No such command '(.*?)'", error.message):
        near = re.findall(r"'([^']*)'", error.message[match.end() :])
        return [message("There is no command {name}.", name=match[1]), *_nearest(near)]
    if match := re.match(r"Got unexpected extra argument\(s\) \((.*)\)", error.message):
        return [message("Nothing is expected of these arguments: {names}.", names=match[1])]
    if error.message.startswith("Missing command"):
        return [message("A command is missing.")]
    return [Message(error.format_message())]


def _nearest(names: Sequence[str] | None) -> list[Message]:
    return [message("Nearest: {names}.", names=", ".join(sorted(names)))] if names else []


def _bad_value(name: str, sentence: str) -> list[Message]:
    """Say what is wrong with the value of a parameter, as far as Typer's English sentence tells it."""
    if match := re.search(r"'(.*)' is not one of (.*)\.$", sentence):
        return [
            message("{name} cannot be “{value}”.", name=name, value=match[1]),
            message("Expected one of: {names}.", names=match[2].replace("'", "")),
        ]
    if match := re.search(r"(greater|less) than or equal to (\d+)", sentence):
        if match[1] == "greater":
            return [message("{name} must be {bound} or more.", name=name, bound=match[2])]
        return [message("{name} must be {bound} or less.", name=name, bound=match[2])]
    if "valid integer" in sentence:
        return [message("{name} must be a whole number.", name=name)]
    return [message("The value of {name} cannot be used.", name=name)]
