"""One project built once a run, ledgers of it as known on given days, and copies to break.

Nothing here touches the repository's own `data/processed` or `reports`, and what is private in `data/raw`
(contacts, embargoed rows, lists of schools) is left out of every copy.
"""

import csv
import gc
import hashlib
import io
import os
import shutil
import signal
import time
import warnings
from contextlib import suppress
from datetime import date
from functools import cache
from importlib import import_module
from itertools import chain, groupby, islice, product
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
import typer.testing
from hypothesis import settings

import ennum_stats
from ennum_stats.demo import make_demo
from ennum_stats.files import foreign, office
from ennum_stats.files.system import lock
from ennum_stats.kit.press import press
from ennum_stats.languages import LANGUAGES
from ennum_stats.project import NOT_SHARED, Project
from ennum_stats.publication import proof, shared_store
from ennum_stats.raw.communes import communes
from ennum_stats.raw.row_checks import check_raw_tables
from ennum_stats.store.build import build
from ennum_stats.store.ledger import open_ledger
from tests.faults.commands import some_products
from tests.faults.moments import KILLED, end_before
from tools import planted

SEEDS = int(os.environ.get("ENNUM_SEEDS", "0"))
"""How many random cases of a kind are tried besides those that cover; `run.py test search` says."""
settings.register_profile("house", deadline=None)  # no test times anything: `bench` does
settings.register_profile("each run", settings.get_profile("house"), max_examples=40, derandomize=True)
settings.load_profile("house" if SEEDS else "each run")
typer.testing._get_command = cache(typer.testing._get_command)  # else each command tested makes all anew
os.fsync = lambda descriptor: None  # what a process wrote outlives it: no power fails here
gc.disable()  # nothing that is loaded to collect six thousand tests is garbage
TESTS = Path(__file__).parent
import_plans = import_module("ennum_stats.imports.preview")
"""The module: in its package its name is that of its function."""
read_state = import_plans._state
PROVED_WHOLE = {TESTS / "publication" / "test_altered_rows.py", TESTS / "test_privacy.py"}
every_product = proof.products
proof.products = every_product if SEEDS else some_products
seen_by_process = office._seen
office._seen = foreign.answer
WEIGHED = {TESTS / "files", TESTS / "imports" / "test_bad_lists.py"}
WEIGHED |= {TESTS / "kit" / f"test_{name}.py" for name in ("template", "slide_template")}
"""Where files are too heavy for a computer: there Office files are looked at by a process of their own, as they are
outside of tests. To start it takes thirty times as long as to look."""
RAW = TESTS.parent / "data" / "raw"
TURNS = 8
"""Of the tests that take long, each run tries one in so many."""
LONG = TESTS / "in_turn.txt"
"""Their names, a line each."""
LAST_READ = "2026-11-28"
"""The day of the tables that tests expect something of: a document that is added later breaks none of them."""
SERVER_PROCESS = "server.pid"


class Cases(list):
    """Cases of a test; in the long search all, of which those that each run tries are not tried again."""

    def __init__(self, every, each_run):
        super().__init__(every if SEEDS else each_run)
        self.each_run = each_run


def covering(cases, number):
    """All cases in the long search; in each run so many, spread over them: those alike are not all tried."""
    cases = [*cases]
    return Cases(cases, cases if len(cases) <= number else cases[:: -(-len(cases) // number)])


def crossed(*kinds):
    """All combinations in the long search; in each run so many that of two kinds each value is there once, and of
    three, the shortest last, each two values of different kinds together."""
    first, second, *last = map(list, kinds)
    longest = range(max(len(first), len(second)))
    each_run = [(first[n % len(first)], second[n % len(second)]) for n in longest]
    for third in last:
        each_run = [
            (one, other, third[(m + n) % len(third)])
            for m, one in enumerate(first)
            for n, other in enumerate(second)
        ]
    return Cases(product(*kinds), each_run)


def has_more(item):
    """Whether the long search tries more of a test, or this case of it, than each run: then it is of the search."""
    for mark in item.iter_markers("parametrize"):
        names, cases = mark.args[:2]
        if isinstance(cases, Cases):
            values = item.callspec.params
            case = values[names] if isinstance(names, str) else tuple(values[name] for name in names)
            if case not in cases.each_run:
                return True
    named = item.function.__code__.co_names
    within = [value for name in named if isinstance(value := item.function.__globals__.get(name), Cases)]
    return (
        getattr(item.function, "is_hypothesis_test", False)
        or not {"covering", "crossed", "SEEDS"}.isdisjoint(named)
        or any(len(cases) > len(cases.each_run) for cases in within)
    )


KINDS = ("unit", "document", "browser", "product", "search")
FOLDERS = {
    **dict.fromkeys(("charts", "dashboard", "document", "drawing", "kit", "office", "release"), "document"),
    **dict.fromkeys(("bench", "cli", "demo", "notebooks"), "product"),
}
"""The kind of the tests of a folder where they need nothing that says another."""
PRODUCT = {"built_copy", "raw_copy", "schools", "demonstration", "serving", "served_once", "killed_at"}
"""Fixtures of tests that use the program as people do: copies of a project, servers, what is killed."""


def pytest_ignore_collect(collection_path, config):
    """Leaves out the folders of other kinds where those of the kind `unit` alone are asked for: to read them takes as
    long as to try a tenth of these. No test in them is of that kind."""
    return (
        config.option.markexpr == "unit"
        and collection_path.parent == TESTS
        and collection_path.name in FOLDERS
    )


def pytest_itemcollected(item):
    """Gives each test its kind: the mark that it has, else what it needs says it."""
    needed, marked = {*item.fixturenames}, [k for k in KINDS if item.get_closest_marker(k)]
    if "chromium" in needed:
        usual = "browser"
    elif needed & PRODUCT:
        usual = "product"
    else:
        usual = FOLDERS.get(item.path.relative_to(TESTS).parts[0], "unit")
    if len(marked) > 1 or (marked and usual == "browser") or (usual != "unit" and "unit" in marked):
        raise pytest.UsageError(f"{item.nodeid} is of several kinds: {usual}, {', '.join(marked)}")
    (kind,) = marked or [usual]
    if not marked:
        item.add_marker(kind)
    item.user_properties.append(("kind", kind))
    if SEEDS and has_more(item):
        item.add_marker("hour")


def pytest_addoption(parser):
    parser.addoption("--whole", action="store_true", help="also try what takes long and is tried in turn")


def turn(config):
    """Which of the tests that take long are tried, or `None` where all are: in the long search, and where that is
    asked for or files are named. The code itself says it, so that the same code is tried by the same ones and each
    change of it by others."""
    if hasattr(config, "workerinput"):
        return config.workerinput["turn"]
    if SEEDS or config.option.whole or config.args_source is config.ArgsSource.ARGS:
        return None
    return int(digest_of(("ennum_stats", "dashboards")), 16) % TURNS


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    node.workerinput["turn"] = turn(node.config)


def pytest_report_header(config):
    now = turn(config)
    return [] if now is None else f"of what takes long, a part in turn: {now + 1} of {TURNS} (--whole: all)"


def left_to_others(items, now):
    """The tests that take long and are not in turn. Those that see a planted fault always are."""
    names = {item: {item.nodeid, item.nodeid.partition("[")[0]} for item in items}
    long = {*LONG.read_text("utf-8").splitlines()}
    always = {test.partition("[")[0] for fault in planted.faults() for test in fault.tests}
    in_turn = [item for item in items if names[item] & long and not names[item] & always]
    return [item for number, item in enumerate(in_turn) if number % TURNS != now]


SECONDS = {"product": 0.5, "browser": 2.5, "search": 7.5}
"""What a test takes of a kind with which each process begins."""


def pytest_collection_modifyitems(items, config):
    """Leaves out what other runs try, and deals the tests out to the processes, as many to each, which begins with
    what takes long: none is alone with it at the end. Files that stand together go to one, which has their ledgers,
    pages and kits in mind already."""
    now = turn(config)
    left = set() if now is None else {*left_to_others(items, now)}
    config.hook.pytest_deselected(items=[*left])
    items[:] = [item for item in items if item not in left]
    of_kind = {item: dict(item.user_properties)["kind"] for item in items}
    long = [item for item in items if of_kind[item] in SECONDS]
    short = iter([item for item in items if of_kind[item] not in SECONDS])
    dealt = [[] for _ in range(int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))]
    share, taken = sum(SECONDS[of_kind[item]] for item in long) / len(dealt) or 1, 0.0
    for _, of_file in groupby(long, lambda item: item.path):
        tests = [*of_file]
        dealt[int(taken / share)] += tests
        taken += sum(SECONDS[of_kind[item]] for item in tests)
    each = -(-len(items) // len(dealt))
    for of_process in dealt:
        of_process.extend(islice(short, max(0, each - len(of_process))))
    items[:] = chain(*dealt, short)


def pytest_collection_finish():
    """Has Python not look again and again for garbage among what was loaded, which stays to the end."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 50)


@cache
def digest_of(paths):
    """The hash of files and of all files in folders, and of what is installed."""
    content = hashlib.sha256()
    for name in (*paths, "requirements", "tests/conftest.py"):
        path = TESTS.parent / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                content.update(f"{file.relative_to(TESTS.parent)}\n".encode() + file.read_bytes())
    return content.hexdigest()


def content_read(item):
    """Where it is kept that a test marked `reads` has passed, and the hash of what it reads; nothing where
    pytest keeps nothing."""
    mark = item.get_closest_marker("reads")
    if mark is None or not hasattr(item.config, "cache"):
        return None
    own = item.path.relative_to(TESTS.parent).as_posix()
    return f"reads/{item.nodeid}", digest_of((*mark.args, own))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Leaves out what is for the long search, and what passed with the same content of what it reads."""
    if item.get_closest_marker("hour") and not SEEDS:
        pytest.skip("in `run.py test search`")
    read = content_read(item)
    if read and not SEEDS and item.config.cache.get(read[0], "") == read[1]:
        pytest.skip("what it reads is as it was when it passed")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Keeps that a test has passed, and with which content."""
    result = yield
    if read := content_read(item):
        item.config.cache.set(*read)
    return result


def pytest_terminal_summary(terminalreporter):
    """Says how long the tests of each kind took, in seconds of all processes together."""
    took = dict.fromkeys(KINDS, 0.0)
    for report in chain.from_iterable(terminalreporter.stats.values()):
        if isinstance(report, pytest.TestReport):
            took[dict(report.user_properties)["kind"]] += report.duration
    said = ", ".join(f"{kind} {seconds:.0f} s" for kind, seconds in took.items() if seconds)
    if said:
        terminalreporter.write_sep("=", f"of all processes: {said}")


def pytest_sessionfinish(session):
    """Ends the servers that all processes of a run have asked, once all have ended; and has Python not look for
    garbage once more when it ends."""
    gc.freeze()
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    for told in session.config._tmp_path_factory.getbasetemp().glob(f"*/{SERVER_PROCESS}"):
        with suppress(ProcessLookupError):
            os.kill(int(told.read_text()), signal.SIGTERM)


def copy_of_raw(root):
    """A project at `root` with the public raw tables of that day, and nothing built yet."""
    ignored = shutil.ignore_patterns(*NOT_SHARED, ".~lock.*", "~$*")
    shutil.copytree(RAW, root / "data" / "raw", ignore=ignored)
    leave_out_later(root / "data" / "raw")
    return Project(root)


def copied_project(root, to):
    """Copies a project that other tests use at that moment, without what they are about to make in it."""
    return Path(shutil.copytree(root, to, symlinks=True, ignore=shutil.ignore_patterns(".*")))


def leave_out_later(raw):
    """Takes out of raw tables the documents that were read later, what comes from them, and their calls."""
    lines = {path: path.read_text("utf-8").splitlines(keepends=True) for path in raw.rglob("*.csv")}
    later = {
        row["source_id"]
        for row in csv.DictReader(lines[raw / "sources.csv"])
        if row["retrieved_on"] > LAST_READ
    }
    if not later:
        return
    calls = {row["call"] for row in csv.DictReader(lines[raw / "calls.csv"]) if row["source_id"] in later}
    going = {"source_id": later, **dict.fromkeys(("call", "calls", "excluded_calls"), calls)}
    for path, (header, *rows) in lines.items():
        names = next(csv.reader([header]))
        kept = [
            row
            for row, cells in zip(rows, csv.reader(rows), strict=True)
            if not any(
                {*cell.split()} & going.get(name, set()) for name, cell in zip(names, cells, strict=True)
            )
        ]
        path.write_text("".join([header, *kept]), "utf-8", newline="")


class RawCopy:
    """A project whose raw tables a test may change; each change says the line that it touched."""

    def __init__(self, project):
        self.project = project

    def path(self, file):
        return self.project.raw / file

    def bytes(self, file, change):
        """Changes a file as bytes."""
        path = self.path(file)
        before = path.read_bytes()
        after = change(before)
        assert after != before, f"nothing changed in {file}"
        path.write_bytes(after)

    def cell(self, file, key, column, value):
        """Writes a cell of the row whose first cell is `key`; gives the line."""
        lines = self._lines(file)
        header = self._cells(lines[0])
        number = next(n for n, line in enumerate(lines[1:], 1) if self._cells(line)[0] == key)
        cells = self._cells(lines[number])
        cells[header.index(column)] = value
        lines[number] = self._line(cells)
        self.path(file).write_text("".join(lines), "utf-8")
        return number + 1

    def row(self, file, like, **cells):
        """Adds a row like the one whose first cell is `like`, but for `cells`; gives the line."""
        lines = self._lines(file)
        header = self._cells(lines[0])
        model = next(self._cells(line) for line in lines[1:] if self._cells(line)[0] == like)
        row = dict(zip(header, model, strict=True)) | cells
        self.path(file).write_text("".join([*lines, self._line(row.values())]), "utf-8")
        return len(lines) + 1

    def changed(self, *cells):
        """What is found with these cells (file, key, column, value), and how a finding on the last one begins."""
        *_, last = [f"data/raw/{cell[0]}:{self.cell(*cell)}: {cell[2]}: " for cell in cells]
        return self.findings(), last

    def findings(self):
        """What the check of all raw tables finds, in English."""
        found = check_raw_tables(self.project.raw, self.project.root)[1]
        return [finding.words("en") for finding in found]

    def _lines(self, file):
        return self.path(file).read_text("utf-8").splitlines(keepends=True)

    @staticmethod
    def _cells(line):
        return next(csv.reader([line]))

    @staticmethod
    def _line(cells):
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow(cells)
        return text.getvalue()


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """A function that gives a folder to all processes of a run: one of them makes it, others wait."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def made(name, make):
        folder, is_made = shared / name, shared / f"{name}.made"
        with (shared / f"{name}.lock").open("w") as file:
            while not lock(file.fileno()):
                time.sleep(0.05)
            if not is_made.exists():
                make(folder)
                is_made.touch()
        return folder

    return made


@pytest.fixture(scope="module", autouse=True)
def proof_of_all(request):
    """Has builds prove all where that is tested, and of lists with persons in them; elsewhere they prove some of what
    can be made of a store, also of what tests share: that is most of the time of a build."""
    if request.path in PROVED_WHOLE:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(proof, "products", every_product)
            yield
    else:
        yield


@pytest.fixture(autouse=True)
def nothing_beside_builds(request, monkeypatch):
    """Has builds write nothing for other programs, and previews read a store once. What is shared by tests is made
    whole, as all is where those files are tested, and in the long search."""
    if WEIGHED & {request.path, request.path.parent}:
        monkeypatch.setattr(office, "_seen", seen_by_process)
    if not SEEDS and request.path.parent != TESTS / "publication":
        monkeypatch.setattr(shared_store, "write_shared", lambda *_: None)
        monkeypatch.setattr(import_plans, "_state", state_once)


STATES = {}


def state_once(ledger, language):
    """What a store says on a day, for previews of imports: read once of each store, in each process."""
    key = ledger.content_hash, ledger.known_at, ledger.audience, language
    if key not in STATES:
        STATES[key] = read_state(ledger, language)
    return STATES[key]


@pytest.fixture(scope="session")
def project(made_once):
    """A project with the public raw tables, built. Tests read it and change nothing."""
    return Project(made_once("project", lambda root: build(copy_of_raw(root))))


@pytest.fixture(scope="session")
def store(project):
    """The store as an analyst opens it, as known on 24 November 2026."""
    opened = ennum_stats.open(project.root, known_at="2026-11-24")
    yield opened
    opened.connection.close()


@pytest.fixture(scope="session")
def ledger(ledger_at):
    """The ledger as known on 24 November 2026."""
    return ledger_at("2026-11-24")


def plain(text):
    """No-break spaces as plain ones, to be typed."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def in_four(function):
    """What a function of a language gives for each of the four."""
    return tuple(map(function, LANGUAGES))


@pytest.fixture(scope="session")
def ledger_at(project):
    """A function that gives the ledger as known on a day (`date` or ISO text)."""
    opened = {}

    def at(day):
        day = date.fromisoformat(day) if isinstance(day, str) else day
        if day not in opened:
            opened[day] = open_ledger(project, day)
        return opened[day]

    yield at
    for ledger in opened.values():
        ledger.connection.close()


@pytest.fixture(scope="session")
def kit_of(project, ledger_at, made_once):
    """A function that gives the folder of the kit of a day, in French alone or in languages in their order.
    Tests read it and change nothing."""

    def of(day, languages=("fr",)):
        def make(folder):
            press(project, ledger_at(day), languages, folder / day)

        return made_once(f"kit-{day}-{'-'.join(languages)}", make) / day

    return of


@pytest.fixture(scope="session")
def kit(kit_of):
    """The folder of the French kit of 24 November 2026."""
    return kit_of("2026-11-24")


@pytest.fixture(scope="session")
def raw_observations(project):
    """The rows of the published numbers as they stand in the raw tables, by name."""
    files = sorted((project.raw / "observations").glob("*.csv"))
    every = [row for file in files for row in csv.DictReader(file.read_text("utf-8").splitlines())]
    return {row["observation_id"]: row for row in every}


@pytest.fixture(scope="session")
def kit_ledger(ledger_at):
    """What was known when the press kit had come out: 31 January 2020."""
    return ledger_at("2020-01-31")


@pytest.fixture(scope="session")
def raw_copy_at():
    """A function that makes a copy of the raw tables to change at a folder, not built."""
    return lambda root: RawCopy(copy_of_raw(root))


@pytest.fixture(scope="session")
def lacking_en2019(made_once, raw_copy_at):
    """A built project in which nothing is known of what EN2019 awarded. Tests change nothing in it."""

    def make(root):
        copy = raw_copy_at(root)
        for path in (copy.project.raw / "observations").glob("*.csv"):
            header, *lines = path.read_text("utf-8").splitlines(keepends=True)
            path.write_text(header + "".join(line for line in lines if ",EN2019," not in line), "utf-8")
        build(copy.project)

    return Project(made_once("lacking", make))


@pytest.fixture
def raw_copy(tmp_path):
    """A copy of the raw tables to change, not built."""
    return RawCopy(copy_of_raw(tmp_path / "project"))


@pytest.fixture
def built_copy(tmp_path, project):
    """A copy of the built project to change: raw tables and the published store."""
    return RawCopy(Project(copied_project(project.root, tmp_path / "project")))


@pytest.fixture(scope="session")
def chromium():
    """Chromium, through Playwright; its path comes from run.py. What is opened in it stays open."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("ENNUM_BROWSER") or os.environ.get("BROWSER_PATH") or "/usr/bin/chromium"
    if not Path(path).exists():
        pytest.skip("no Chromium or Chrome: ENNUM_BROWSER is not set")
    with sync_playwright() as playwright:
        args = ["--no-sandbox", "--disable-gpu", "--disable-software-rasterizer"]
        args += ["--font-render-hinting=none"]  # the one without windows hints letters, and words are wider
        opened = playwright.chromium.launch(executable_path=path, args=args)
        yield opened
        opened.close()


FORGET = """try {
    if (!sessionStorage.begun) { localStorage.clear(); sessionStorage.begun = "yes"; }
} catch { }"""
"""Has a first page begin with nothing kept of other tests; some frames may keep nothing at all."""


OF_PAGES = ("viewport", "color_scheme", "reduced_motion", "forced_colors")
"""Options of a context that each of its pages can have of its own."""


class Window:
    """A window of a test, in a context that tests share: what a page needs is fetched and compiled once in it,
    which is half of opening a page. Its pages end with it."""

    def __init__(self, context, viewport=None, **media):
        self.context, self.viewport, self.media = context, viewport, media
        self.pages, self.scripts = [], [FORGET]

    def __getattr__(self, name):
        return getattr(self.context, name)

    def add_init_script(self, script):
        self.scripts.append(script)

    def new_page(self):
        self.pages.append(page := self.context.new_page())
        if self.viewport:
            page.set_viewport_size(self.viewport)
        if self.media:
            page.emulate_media(**self.media)
        for script in self.scripts:
            page.add_init_script(script)
        self.scripts = [script for script in self.scripts if script != FORGET]
        return page

    def close(self):
        for page in self.pages:
            page.close()
        self.pages = []
        self.context.clear_permissions()


@pytest.fixture(scope="session")
def contexts(chromium):
    """Contexts by their options."""
    made = {}

    def context(**options):
        key = repr(sorted(options.items()))
        if key not in made:
            made[key] = chromium.new_context(**options)
        return made[key]

    return context


@pytest.fixture
def browser(contexts):
    """Opens windows that end with the test: a page that stays open asks its server for news for ever. What
    is measured of a first visit has a context of its own, from `chromium`."""
    opened = []

    def new_context(**options):
        of_pages = {name: options.pop(name) for name in OF_PAGES if name in options}
        opened.append(Window(contexts(**options), **of_pages))
        return opened[-1]

    def new_page(**options):
        return new_context(**options).new_page()

    yield SimpleNamespace(new_context=new_context, new_page=new_page)
    for window in opened:
        window.close()


DEMONSTRATION_SITES = 200


@pytest.fixture(scope="session")
def demonstration(project, made_once):
    """A demonstration with lists of all kinds, made through the imports. Tests change nothing in it; that all can be
    made of one is proved in the long search."""
    return Project(made_once("demonstration", lambda root: make_demo(project, root, DEMONSTRATION_SITES)))


# --- invented schools, as raw tables ------------------------------------------------------------------

SCHOOL_SITES = 700
PUBLISHED_PROJECTS = {
    "EN1": 28, "EN2": 72, "EN3": 210, "EN2017": 570, "EN2018": 326, "EN2019": 503, "EN2020": 679,
}  # fmt: skip
"""Press kit of 2020, graph 1; EN2020: RTL/Belga, June 2020. Nobody published those of EN2021."""
CALLS_LISTED = (*PUBLISHED_PROJECTS, "EN2021")
DECIDED = "données fictives,x,x,x,2022-12"
"""The reason of a decision in four languages, and its day."""
TEACHING = (
    ("nursery_ordinary", "fundamental_ordinary"), ("primary_ordinary", "fundamental_ordinary"),
    ("secondary_ordinary", "secondary"), ("adult_secondary", "adult_education"),
)  # fmt: skip
NETWORKS_INVENTED = ("municipal", "free_denominational", "wbe", "provincial")
GRID_COLUMNS = 19
WEST, SOUTH, EAST, NORTH = 2.9, 49.5, 6.4, 50.8


def squares(codes):
    """Each commune as a cell of a grid: neighbours share their corners, and every side has a point in it."""
    rows = -(-len(codes) // GRID_COLUMNS)
    wide, high = (EAST - WEST) / GRID_COLUMNS, (NORTH - SOUTH) / rows
    for place, commune in enumerate(sorted(codes)):
        left, low = WEST + place % GRID_COLUMNS * wide, SOUTH + place // GRID_COLUMNS * high
        right, top = left + wide, low + high
        middle, half = (left + right) / 2, (low + top) / 2
        ring = [
            (left, low), (middle, low), (right, low), (right, half), (right, top), (middle, top),
            (left, top), (left, half), (left, low),
        ]  # fmt: skip
        yield commune, 1, 1, " ".join(f"{x:.6f} {y:.6f}" for x, y in ring)


def write_rows(project, table, header, rows):
    path = project.raw / "rows" / f"{table}.csv"
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split())
        writer.writerows(rows)


def rows_of(project, table):
    with (project.raw / "rows" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def invent(project):
    """Sites in all but some communes, a tenth of them of two schools; complete lists of all calls, in one of
    which a site stands that the register has lost."""
    chance = Random(5)  # noqa: S311 - the same schools each time
    places = communes().walloon
    frame = communes().frame()
    write_rows(project, "demonstration", "demonstration size", [("schools", SCHOOL_SITES)])
    write_rows(project, "communes", " ".join(frame.columns), frame.rows())
    write_rows(project, "registers", "register community as_of note", [("fwb-2012", "fwb", "2012", "")])
    sites = [9_000_000 + n for n in range(SCHOOL_SITES)]
    at = {site: places[chance.randrange(len(places) - 9)] for site in sites}
    write_rows(
        project, "implantations",
        "register implantation address postal_code locality commune latitude longitude",
        [
            ("fwb-2012", site, "", "", "", at[site].commune, "", "") if n % 100 == 7 else
            ("fwb-2012", site, "", "", "", at[site].commune, f"{chance.uniform(49.5, 50.8):.5f}",
             f"{chance.uniform(2.9, 6.4):.5f}")
            for n, site in enumerate(sites)
        ],
    )  # fmt: skip
    write_rows(
        project, "etablissements", "register etablissement name network",
        [("fwb-2012", site, f"École {site}", NETWORKS_INVENTED[n % 4]) for n, site in enumerate(sites)],
    )  # fmt: skip
    write_rows(
        project, "teaching", "register implantation etablissement teaching level",
        [
            ("fwb-2012", site, school, *TEACHING[n % 4])
            for n, site in enumerate(sites)
            for school in ((site, site - 1) if n % 10 == 9 else (site,))
        ],
    )  # fmt: skip
    won = [(call, site) for call in CALLS_LISTED for site in chance.sample(sites, SCHOOL_SITES // 9)]
    won.append(("EN1", 9_999_999))
    sizes = [(call, sum(one == call for one, _ in won)) for call in CALLS_LISTED]
    write_rows(
        project, "lists", "list kind programme call known_on size replaces note",
        [(f"{c}-winners", "winners", "ecole_numerique", c, "2022" if c == "EN2021" else "2020", n, "", "")
         for c, n in sizes],
    )  # fmt: skip
    differing = [
        (f"{c}-projects", "projects_awarded", "ecole_numerique", c, n, PUBLISHED_PROJECTS[c], "list")
        for c, n in sizes
        if c in PUBLISHED_PROJECTS
    ]
    sites = ("EN2018-sites", "sites_awarded", "ecole_numerique", "EN2018", dict(sizes)["EN2018"], 317)
    differing.append((*sites, "list"))
    names = " ".join(f"name_{code}" for code in ("fr", "de", "nl", "en"))
    write_rows(
        project,
        "reconciliations",
        f"reconciliation measure programme call listed published takes {names} reviewed_on",
        [(*row, *DECIDED.split(",")) for row in differing],
    )
    write_rows(
        project, "complete_lists", f"programme call rows {names} reviewed_on",
        [("ecole_numerique", c, n, *DECIDED.split(",")) for c, n in sizes if c == "EN2021"],
    )  # fmt: skip
    write_rows(
        project, "participations",
        "participation list programme call stage implantation etablissement project amount_eur "
        "occurred_on",
        [
            (f"{call}.awarded.{site}", f"{call}-winners", "ecole_numerique", call, "awarded", site,
             "", "", "", "")
            for call, site in won
        ],
    )  # fmt: skip


@pytest.fixture(scope="session")
def counted_projects(made_once, raw_copy_at):
    """The same invented schools with borders and without."""

    def make(root):
        dots, borders = raw_copy_at(root / "dots").project, Project(root / "borders")
        invent(dots)
        copied_project(dots.root, borders.root)
        codes = [row["commune"] for row in rows_of(borders, "communes")]
        write_rows(borders, "borders", "commune part ring points", squares(codes))
        for one in (dots, borders):
            build(one)

    root = made_once("counted", make)
    return {name: Project(root / name) for name in ("dots", "borders")}


@pytest.fixture(scope="session")
def counted(counted_projects):
    """Ledgers of them: `borders`, `dots`; and their rows."""
    opened = {name: open_ledger(one, date(2026, 11, 24)) for name, one in counted_projects.items()}
    yield SimpleNamespace(**opened, rows=lambda table: rows_of(counted_projects["dots"], table))
    for ledger in opened.values():
        ledger.connection.close()


@pytest.fixture
def killed_at(tmp_path):
    """A function that does something in a process of its own, which ends before its n-th operation on a file
    of the test; gives whether it came so far. With `loses`, the file that was to be synced loses its end,
    as when the power fails."""

    def killed(moment, action, *, loses=False):
        with warnings.catch_warnings():  # Python warns of threads, which this child does not use
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            try:
                end_before(moment, tmp_path, loses=loses)
                action()
            except BaseException:  # noqa: BLE001 - nothing of the child may go on in the tests
                os._exit(1)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in (0, KILLED)
        return code == KILLED

    return killed
