"""The documentation says what the code does."""

import re
from pathlib import Path

from typer.main import get_command

from ennum_stats.cli import app
from tools.data_dictionary import TARGET, dictionary

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_data_dictionary_is_what_the_code_declares() -> None:
    assert TARGET.read_text("utf-8") == dictionary()


def test_every_command_shown_exists_with_its_options() -> None:
    commands = get_command(app).commands
    own = {"press", "test", "bench", "contact-sheet", "setup", "lock"}
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
