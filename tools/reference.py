"""Write the figure catalogue and the command reference into `docs`.

`python -m tools.reference` writes them from the project at hand, which must be built; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from typer.main import get_command

from ennum_stats.cli import app
from ennum_stats.cli.failures import DEBUG, DEBUG_HELP
from ennum_stats.figures.catalogue import definitions
from ennum_stats.languages import translate
from ennum_stats.project import Project
from ennum_stats.store.ledger import Ledger, open_ledger
from tools.data_dictionary import TARGET

FIGURES = TARGET.with_name("figure-catalogue.md")
COMMANDS = TARGET.with_name("command-reference.md")
_GENERATED = "Generated from the code by `python -m tools.reference`: do not edit.\n"


def figure_catalogue(ledger: Ledger) -> str:
    """List every named figure with its unit, label and formula in French and English."""
    lines = ["| Name | Unit | What | Quoi | Formula |", "|---|---|---|---|---|"]
    for name, definition in sorted(definitions(ledger).items()):
        told = (translate(definition.label, "en"), translate(definition.label, "fr"))
        formula = translate(definition.formula, "en")
        lines.append(f"| `{name}` | {definition.unit} | {' | '.join(told)} | {formula} |")
    return "\n".join(["# Figure catalogue\n", _GENERATED, *lines]) + "\n"


def command_reference() -> str:
    """List every command with its arguments and options, as its help tells them (in French)."""
    commands: dict[str, Any] = get_command(app).commands  # type: ignore[attr-defined]
    parts = ["# Command reference\n", _GENERATED]
    parts.append(f"Every command also has `{DEBUG}`: {DEBUG_HELP}\n")
    for name, command in sorted(commands.items()):
        parts.append(f"## ennum {name}\n\n{' '.join((command.help or '').split())}\n")
        parts.append("\n".join(_parameters(command.params)) + "\n")
    return "\n".join(parts)


def _parameters(parameters: Iterable[Any]) -> list[str]:
    lines = ["| Argument | |", "|---|---|"]
    for parameter in parameters:
        names = parameter.opts if parameter.param_type_name == "option" else [parameter.metavar]
        shown = ", ".join(f"`{name}`" for name in names if name) or f"`{parameter.name}`"
        shown = shown.replace("|", "\\|")
        lines.append(f"| {shown} | {getattr(parameter, 'help', '') or ''} |")
    return lines


if __name__ == "__main__":
    FIGURES.write_text(figure_catalogue(open_ledger(Project.at())), encoding="utf-8", newline="\n")
    COMMANDS.write_text(command_reference(), encoding="utf-8", newline="\n")
