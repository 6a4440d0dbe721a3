"""The environment of all commands: the virtual environment with what is locked and, for the tests alone, a
browser and nginx.

`run.py` makes it before the package can be imported, so only the standard library is used here.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV, ENVIRONMENTS = ROOT / ".venv", ROOT / ".venvs"
"""The environment in force is a link to one that was made whole; that of before stays for what still runs in it, and
to go back. Windows gives links to few: there it is a folder, and installed into."""
STAMP = VENV / "ennum-setup.json"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
UV = (str(PYTHON), "-m", "uv", "pip")
LOCKS = ROOT / "requirements"
LOCKED_GROUPS = ("setup", "run", "test", "notebooks", "docs", "mcp")
OUR_CODE = ("ennum_stats", "bench", "tools", "dashboards")
SHELL = "chromium-headless-shell"
"""Debian's Chromium without windows: what the tests see in it is the same, in a third of the time."""
BROWSERS = (
    SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
    "microsoft-edge-stable", "msedge",
)  # fmt: skip


_NO_PIP = (
    "Ce Python n'a ni ensurepip ni pip / This Python has neither ensurepip nor pip.\n"
    "Debian, Ubuntu : sudo apt-get install -y python3-venv\n"
    "macOS, Windows : installez Python de python.org / install Python from python.org."
)


class SetupError(Exception):
    """Something that only the user can put right; the message says what, in French and English."""


def say(text: str) -> None:
    """Write a line of progress; on the error stream, so that output can go to a file."""
    print(text, file=sys.stderr, flush=True)


# --- The virtual environment -----------------------------------------------------------------


def digest(groups: Sequence[str], root: Path) -> str:
    """Return the hash of all that decides what is in the environment."""
    content = hashlib.sha256(str(root).encode())  # an environment does not survive a move
    for path in (root / "pyproject.toml", *(root / "requirements" / f"{g}.txt" for g in groups)):
        content.update(path.read_bytes())
    return content.hexdigest()


def read_stamp(stamp: Path) -> dict[str, object]:
    """Return what the environment remembers of its making; nothing where it is not whole."""
    try:
        remembered = json.loads(stamp.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return remembered if isinstance(remembered, dict) else {}


def groups_to_install(asked: Sequence[str], remembered: Mapping[str, object]) -> list[str]:
    """Return the groups asked for and those already there: `press` after `test` removes nothing."""
    known = remembered.get("groups")
    wanted = {"run", *asked, *(known if isinstance(known, list) else [])}
    return [group for group in LOCKED_GROUPS if group in wanted and group != "setup"]


def set_up(asked: Sequence[str]) -> None:
    """Make `.venv` hold the locked dependencies of these groups and the project itself; until all is there, it stays
    as it was."""
    remembered = read_stamp(STAMP) if PYTHON.exists() else {}
    groups = groups_to_install(asked, remembered)
    code = newest_change(ROOT)
    content = digest(groups, ROOT)
    stamp = {"groups": groups, "digest": content}
    if {**remembered, "code": 0} != {**stamp, "code": 0}:
        place = VENV if os.name == "nt" else ENVIRONMENTS / content[:16]
        python, whole = place / PYTHON.relative_to(VENV), place / STAMP.name
        if not (works(python) and read_stamp(whole).get("digest") == content):
            whole.unlink(missing_ok=True)
            make_environment(place, python)
            install(groups, python)
            whole.write_text(json.dumps(stamp), "utf-8")
        put_in_force(place)
        remembered = {}
    if remembered.get("code") != code:
        compile_our_code()
        STAMP.write_text(json.dumps({**stamp, "code": code}, indent=1), "utf-8")


def put_in_force(place: Path) -> None:
    """Have `.venv` lead to an environment, in one step; all but that of before are removed."""
    if place == VENV:
        return
    before, link = VENV.resolve(), ENVIRONMENTS / "link"
    if VENV.is_dir() and not VENV.is_symlink():  # of an earlier version, which installed into it
        before = VENV.rename(ENVIRONMENTS / "folder")
    link.unlink(missing_ok=True)
    link.symlink_to(place.relative_to(ROOT))
    link.replace(VENV)
    for other in {*ENVIRONMENTS.iterdir()} - {place, before}:
        shutil.rmtree(other, ignore_errors=True)


def make_environment(place: Path, python: Path) -> None:
    """Make an environment and uv in it, with ensurepip or, as on Debian without it, the system's pip."""
    uv_lock = LOCKS / "setup.txt"
    if not works(python):
        say("Environnement : création …")
        with_pip = importlib.util.find_spec("ensurepip") is not None
        if not with_pip and importlib.util.find_spec("pip") is None:
            raise SetupError(_NO_PIP)
        options = [] if with_pip else ["--without-pip"]
        run([sys.executable, "-m", "venv", "--clear", *options, str(place)])
    own_pip = works(python, "pip")
    pip = [str(python)] if own_pip else [sys.executable]
    pip += ["-m", "pip"] if own_pip else ["-m", "pip", "--python", str(python)]
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary=:all:"]
    run([*pip, "install", *options, "-r", str(uv_lock)])


def install(groups: Sequence[str], python: Path) -> None:
    """Give an environment exactly what the locks of these groups hold, and the project."""
    say(f"Environnement : dépendances verrouillées ({', '.join(groups)}) …")
    uv, where = [str(python), *UV[1:]], ["--quiet", "--python", str(python)]
    exact = ["--require-hashes", "--only-binary", ":all:", "--compile-bytecode"]
    run([*uv, "sync", *where, *exact, *(str(LOCKS / f"{group}.txt") for group in groups)], uv_env())
    own = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    run([*uv, "install", *where, *own], uv_env())


def uv_env() -> dict[str, str]:
    """Return uv's environment: by itself it reads neither pip's settings nor the system's keys."""
    env = {"UV_SYSTEM_CERTS": "1"}
    if "PIP_INDEX_URL" in os.environ:
        env["UV_DEFAULT_INDEX"] = os.environ["PIP_INDEX_URL"]
    return {**env, **os.environ}


def newest_change(root: Path) -> int:
    """Return when our sources last changed, in nanoseconds since 1970."""
    files = (path for folder in OUR_CODE for path in (root / folder).rglob("*.py"))
    return max((path.stat().st_mtime_ns for path in files), default=0)


def make_bundle() -> None:
    """Compress the dashboard's scripts once; where that fails its server does it when it starts."""
    say("Environnement : scripts du tableau de bord …")
    subprocess.run([str(PYTHON), "-m", "dashboards"], cwd=ROOT, check=False)


def compile_our_code() -> None:
    """Write the bytecode of our sources: a Python told not to write it starts half as fast."""
    folders = [str(ROOT / folder) for folder in OUR_CODE if (ROOT / folder).is_dir()]
    subprocess.run([str(PYTHON), "-m", "compileall", "-qq", *folders], check=False)


def works(python: Path, module: str = "sys") -> bool:
    """Tell whether this Python starts and has a module; it does not once its own base is gone."""
    if not python.exists():
        return False
    done = subprocess.run([str(python), "-c", f"import {module}"], capture_output=True, check=False)
    return done.returncode == 0


def run(command: Sequence[str], env: Mapping[str, str] | None = None) -> None:
    """Run a step of the set-up; its failure is an error that names the command."""
    done = subprocess.run(command, env=env, check=False)
    if done.returncode != 0:
        raise SetupError(
            f"La préparation a échoué (code {done.returncode}) / Set-up failed:\n"
            f"  {' '.join(command)}\n"
            "Vérifiez réseau, mandataire (proxy) et espace disque, puis relancez la commande.\n"
            "Check network, proxy and disk space, then run the command again."
        )


# --- What tests start ----------------------------------------------------------------------------


def find_browser() -> str | None:
    """Return the Chromium, Chrome or Edge that is named by its path, or the first that can be started by its name."""
    named = os.environ.get("ENNUM_BROWSER", "")
    return named if Path(named).is_file() else next(filter(None, map(shutil.which, BROWSERS)), None)


def can_install_packages() -> bool:
    """Tell whether this is Debian and we may install its packages."""
    try:
        release = Path("/etc/os-release").read_text("utf-8").splitlines()
    except OSError:
        return False
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return "ID=debian" in release and is_root and shutil.which("apt-get") is not None


def start_install(packages: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start the installation of Debian's packages; the environment is made in the meantime."""
    say(f"Paquets Debian : {', '.join(packages)} …")
    script = (
        "apt-get update -qq; "  # one broken source must not stop the others
        f"apt-get install -qq -y --no-install-recommends {' '.join(packages)} >/dev/null"
    )
    if "nginx" in packages:  # tests start their own; the machine's does not listen on its port 80
        script += " && { [ ! -d /run/systemd/system ] || systemctl -q disable --now nginx; }"
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.Popen(["sh", "-c", script], env=env, stdin=subprocess.DEVNULL)


NO_BROWSER = (
    "Les tests demandent Chromium, Chrome ou Edge ; aucun n'a été trouvé.\n"
    "The tests need Chromium, Chrome or Edge; none was found.\n"
    "  sudo apt-get install -y chromium\n"
    "Ou donnez son chemin / or give its path: ENNUM_BROWSER=/chemin/du/navigateur"
)


def prepare(groups: Sequence[str]) -> dict[str, str]:
    """Set up the environment; return the variables of what we start."""
    set_up(groups)
    return {"ENNUM_ROOT": str(ROOT), **os.environ}


def prepare_tests() -> dict[str, str]:
    """Set up the environment of the tests, and what they start: a browser, and nginx where Debian has it."""
    can_install, is_named = can_install_packages(), "ENNUM_BROWSER" in os.environ
    if not find_browser() and not can_install:
        raise SetupError(NO_BROWSER)
    missing = [] if is_named or shutil.which(SHELL) else [SHELL, "fontconfig"]
    missing += [] if shutil.which("nginx") else ["nginx"]
    installing = start_install(missing) if missing and can_install else None
    try:
        env = prepare(["test"])
        make_bundle()
    finally:
        if installing and installing.wait() != 0:
            say("Les paquets n'ont pas pu être installés / the packages could not be installed.")
    browser = find_browser()
    if not browser:
        raise SetupError(NO_BROWSER)
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # what pytest makes of a test is half of its start
    return env | {"ENNUM_BROWSER": browser}
