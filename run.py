"""The one way in: makes the environment where needed, then runs a command in it.

`python3 run.py press` and `python3 run.py test` are all that a machine with Python 3.11 and pip
needs. Only the standard library is used here. What belongs to the package's own commands stands in
`ennum_stats/cli`, how the environment is made in `tools/environment.py`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools import environment
from tools.environment import BIN, LOCKED_GROUPS, LOCKS, PYTHON, ROOT, UV, SetupError, say

TYPED_CODE = ("ennum_stats", "run.py", "bench", "tools", "dashboards")

KINDS = ("unit", "document", "browser", "product", "search")
"""Each test is of one of them: see `tests/conftest.py`."""
PYTEST: list[str | Path] = [PYTHON, "-m", "pytest"]
SHARED_OUT = ["--dist", "worksteal", "-n", "2"]
SHARED_OUT_WITH_BROWSER = [*SHARED_OUT[:-1], "3"]
"""One more than a machine of two cores has: a browser, a server and a disk are waited for."""
EXTRAS = ("--extra", "kit", "--extra", "dashboard", "--extra", "release", "--extra", "remote")
"""What is locked beside the dependencies of a question: all that commands need."""
USAGE = """\
python3 run.py press             le dossier de presse, dans reports/
python3 run.py dashboard         construit la base et sert le tableau de bord
python3 run.py test              tous les contrôles ; des longs essais, une part à tour de rôle
python3 run.py test --whole      tous les essais
python3 run.py test GENRE …      les tests d’un genre : unit, document, browser, product
python3 run.py test search       bases, tables, pannes et attaques au hasard, en une heure
                                 (--cases, --seed, --only : pannes et attaques seules)
python3 run.py test planted      cent fautes plantées l’une après l’autre : combien les essais en voient
python3 run.py test ARG …        pytest seul, avec ces arguments
python3 run.py bench [SUJET]     les temps mesurés
python3 run.py contact-sheet     toutes les pages et tous les graphiques sur quelques images
python3 run.py docs [serve]      le site, carnets exécutés, dans build/site ; ou servi
python3 run.py sbom [FICHIER]    ce qui est livré, avec versions et licences (CycloneDX)
python3 run.py setup [GROUPE …]  l’environnement seul (run, test, notebooks, docs, mcp)
python3 run.py lock              refait les verrous requirements/*.txt
python3 run.py newest [GENRE …]  chaque semaine : le prochain Dash, puis tout au plus récent, à part ; dit ce qui casse
python3 run.py CMD …             toute autre commande d'ennum (python3 run.py --help)
"""


def call(command: Sequence[str | Path], env: Mapping[str, str], cwd: Path | None = None) -> int:
    """Run a command to its end and return its exit code."""
    sys.stdout.flush()
    return subprocess.run(command, env=env, cwd=cwd, check=False).returncode


def ennum(arguments: Sequence[str]) -> int:
    """Hand a command to the package."""
    return call([BIN / "ennum", *arguments], environment.prepare(["run"]))


def dashboard(arguments: Sequence[str]) -> int:
    """Build the store and serve it; the server takes the place of this process, and ends with it."""
    env = environment.prepare(["run"])
    environment.make_bundle()
    serve = [str(BIN / "ennum"), "dashboard", *arguments]
    if "--help" not in arguments:
        at = arguments.index("--root") if "--root" in arguments else len(arguments)
        code = call([BIN / "ennum", "build", *arguments[at : at + 2]], env)
        if code != 0:
            return code
    if os.name != "nt":
        os.execve(serve[0], serve, env)  # noqa: S606 - a signal to this process reaches the server
    return call(serve, env)


def test(arguments: Sequence[str]) -> int:
    """Run all checks, and the tests last; or the tests of some kinds; or pytest with these arguments."""
    if arguments[:1] == ["search"]:
        return search(arguments[1:])
    if arguments[:1] == ["planted"]:
        return call([PYTHON, "-m", "tools.planted", *arguments[1:]], environment.prepare_tests(), ROOT)
    kinds = [argument for argument in arguments if argument in KINDS]
    with timed("environnement"):
        opens_pages = not kinds or not {*kinds} <= {"unit", "document"}
        env = environment.prepare_tests() if opens_pages else environment.prepare(["test"])
    if kinds:
        rest = [argument for argument in arguments if argument not in kinds]
        with timed(" ".join(kinds)):
            shared_out = SHARED_OUT_WITH_BROWSER if opens_pages else SHARED_OUT
            return call([*PYTEST, *shared_out, "-m", " or ".join(kinds), *rest], env, ROOT)
    if arguments:
        return call([*PYTEST, *processes(arguments), *arguments], env, ROOT)
    typed = [path for path in TYPED_CODE if (ROOT / path).exists()]
    checks: dict[str, list[str | Path]] = {
        "ruff check": [BIN / "ruff", "check", "."],
        "ruff format": [BIN / "ruff", "format", "--check", "."],
        "import-linter": [BIN / "lint-imports"],
    }
    failed = []
    for name, command in checks.items():
        with timed(name):
            if call(command, env, ROOT) != 0:
                failed.append(name)
    types = start([PYTHON, "-m", "mypy", *typed], env)  # a minute of one core, while tests wait
    with timed("pytest"):
        code = call([*PYTEST, *SHARED_OUT_WITH_BROWSER, "--durations", "20"], env, ROOT)
    with timed("mypy"):
        print(types.communicate()[0], end="", flush=True)
    if types.returncode != 0:
        failed.append("mypy")
    if failed:
        say(f"Contrôles en échec : {', '.join(failed)}")
    return code or bool(failed)


def search(arguments: Sequence[str]) -> int:
    """Search for faults for an hour: the tests of this kind with all their cases and those that are left out
    while nothing changes, then faults and attacks by the thousand; with arguments only these."""
    env, code = environment.prepare(["test"]), 0
    if not arguments:
        env = {"ENNUM_SEEDS": "110", **env}
        with timed("search"):
            code = call([*PYTEST, *SHARED_OUT, "-m", "search or reads or hour"], env, ROOT)
    with timed("faults"):
        return call([PYTHON, "-m", "tests.faults", *arguments], env, ROOT) or code


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Name a step, and say how long it took: whoever finds the whole too slow sees where."""
    say(f"— {step}")
    began = time.monotonic()
    yield
    say(f"  {step} : {time.monotonic() - began:.0f} s")


def start(command: Sequence[str | Path], env: Mapping[str, str]) -> subprocess.Popen[str]:
    """Start a check beside the next one; it is heard when it is asked."""
    pipe, same = subprocess.PIPE, subprocess.STDOUT
    return subprocess.Popen(command, env=env, cwd=ROOT, encoding="utf-8", stdout=pipe, stderr=same)


def processes(arguments: Sequence[str]) -> list[str]:
    """Return no processes of its own for the tests of a file or folder, which start sooner so."""
    named = (Path(ROOT, argument.partition("::")[0]) for argument in arguments)
    return [] if any(path.exists() for path in named) else SHARED_OUT


def bench(arguments: Sequence[str]) -> int:
    """Measure and print."""
    env = environment.prepare(["run"])
    if {"dashboard", "explore", "questions", "server"} & {*arguments} or not arguments:
        environment.make_bundle()
    return call([PYTHON, "-m", "bench", *arguments], env, ROOT)


def contact_sheet(arguments: Sequence[str]) -> int:
    """Put all pages and charts of the newest kit on a few pictures."""
    env = environment.prepare(["test"])
    return call([PYTHON, "-m", "tools.contact_sheet", *arguments], env, ROOT)


def docs(arguments: Sequence[str]) -> int:
    """Run the notebooks and build the site with what they show, or serve it; any warning is an error."""
    if arguments not in ([], ["build"], ["serve"]):
        raise SetupError("python3 run.py docs [build|serve]")
    env = environment.prepare(["docs"]) | {"NO_MKDOCS_2_WARNING": "1"}
    code = call([PYTHON, "-m", "tools.notebooks", "--run", "build/notebooks"], env, ROOT)
    if code != 0:
        return code
    action = ["serve"] if arguments == ["serve"] else ["build", "--quiet"]
    code = call([PYTHON, "-m", "mkdocs", *action, "--strict"], env, ROOT)
    if code == 0:
        say(f"Site : {ROOT / 'build' / 'site' / 'index.html'}")
    return code


def sbom(arguments: Sequence[str]) -> int:
    """Write the list of what is shipped."""
    return call([PYTHON, "-m", "tools.sbom", *arguments], environment.prepare(["test"]), ROOT)


def setup(arguments: Sequence[str]) -> int:
    """Make the environment and do nothing else."""
    unknown = set(arguments) - set(LOCKED_GROUPS)
    if unknown:
        raise SetupError(f"Groupe inconnu / unknown group: {', '.join(sorted(unknown))}")
    environment.prepare(arguments)
    say(f"Prêt : {BIN / 'ennum'}")
    return 0


def lock(arguments: Sequence[str]) -> int:
    """Resolve the dependencies of pyproject.toml afresh and write the locks, without addresses."""
    if arguments:
        raise SetupError("python3 run.py lock")
    environment.set_up(["run"])
    for group in LOCKED_GROUPS:
        same = [] if group in ("setup", "run") else ["--constraints", "requirements/run.txt"]
        if code := resolve(group, Path("requirements", f"{group}.txt"), "--upgrade", *same):
            return code
    return 0


def resolve(group: str, target: Path, *more: str) -> int:
    """Write the versions of a group's dependencies with their hashes, without addresses; return the exit code."""
    options = ["--quiet", "--universal", "--generate-hashes", "--python-version", "3.11"]
    options += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    chosen = ["--group", group] if group == "setup" else ["pyproject.toml", *EXTRAS, "--group", group]
    command = [*UV, "compile", *options, *chosen, "--output-file", str(target), *more]
    done = subprocess.run(command, env=environment.uv_env(), cwd=ROOT, stdout=subprocess.PIPE, check=False)
    return done.returncode


def newest(arguments: Sequence[str]) -> int:
    """Try the next Dash, then the newest of all, each in an environment of its own below `build/newest`, with the tests
    of some kinds (unit and document unless told); say what breaks. Locks and `.venv` stay as they are."""
    if unknown := {*arguments} - {*KINDS}:
        raise SetupError(f"Genre inconnu / unknown kind: {', '.join(sorted(unknown))}")
    environment.set_up(["test"])
    kinds, broken = " or ".join(arguments or ("unit", "document")), []
    for name, how in {
        "dash": ("--upgrade-package", "dash", "--prerelease", "allow"),
        "all": ("--upgrade",),
    }.items():
        place = ROOT / "build" / "newest" / name
        locked, wanted, python = LOCKS / "test.txt", place / "versions.txt", place / "venv" / "bin" / "python"
        place.mkdir(parents=True, exist_ok=True)
        wanted.write_bytes(locked.read_bytes())  # what is not to be newer stays as it is locked
        if resolve("test", wanted, *how) != 0:
            broken.append(f"{name}: versions")
            continue
        newer = sorted(pinned(wanted) - pinned(locked))
        say(f"— {name} : {', '.join(newer) or 'rien de plus récent / nothing newer'}")
        if newer:
            env = environment.uv_env()
            environment.run([str(PYTHON), "-m", "uv", "venv", "--quiet", "--clear", str(place / "venv")], env)
            environment.run(
                [*UV, "sync", "--quiet", "--python", str(python), "--require-hashes", str(wanted)], env
            )
            with timed(f"{name} : {kinds}"):
                tried = {**env, "ENNUM_ROOT": str(ROOT), "PYTHONPATH": str(ROOT)}
                broken += [name] * (
                    call([python, "-m", "pytest", *SHARED_OUT, "-m", kinds], tried, ROOT) != 0
                )
    say(f"Ne va pas / breaks: {', '.join(broken)}" if broken else "Tout va / all is well.")
    return bool(broken)


def pinned(lock: Path) -> set[str]:
    """Read which versions a lock names."""
    lines = (line.partition(" ")[0] for line in lock.read_text("utf-8").splitlines())
    return {line for line in lines if "==" in line}


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "dashboard": dashboard,
    "test": test,
    "bench": bench,
    "contact-sheet": contact_sheet,
    "docs": docs,
    "sbom": sbom,
    "setup": setup,
    "lock": lock,
    "newest": newest,
}


def main(arguments: Sequence[str]) -> int:
    """Run what the arguments ask for; return 0 fine, 1 findings or failure, 2 misuse."""
    if sys.version_info < (3, 11):  # noqa: UP036  whoever starts this may have any Python
        say("Il faut Python 3.11 ou plus récent / Python 3.11 or later is needed.")
        return 2
    if not arguments:
        say(USAGE)
        return 2
    try:
        if arguments[0] in COMMANDS:
            return COMMANDS[arguments[0]](arguments[1:])
        return ennum(arguments)
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
