"""The project to which everything is done: public tables, five invented schools and a list of them, a number
and a document under embargo, a contact, two published stores, a kit, and a release.

It is made once for a run of the search, by the program's own commands; each case has a copy.
"""

import os
import pickle
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.conftest import copy_of_raw
from tests.faults import truth
from tests.faults.commands import GRACE_S, Ended, ask, command, load
from tests.faults.harness import SHARED
from tests.faults.moments import Counter
from tests.faults.scenarios import DAY, Scenario, note_changed

EMBARGOED_TITLE = "Zyxomnibus-sous-embargo"
EMBARGOED_VALUE = "98761234"
EMBARGO_ENDS = datetime.now(UTC) + timedelta(days=9)
EMBARGOED_HERE = "98761235"
"""Of a number whose embargo ends half a day later, by the clock of Belgium, which its row does not name."""
ENDS_HERE = EMBARGO_ENDS.replace(microsecond=0) + timedelta(hours=12)
ANNOUNCED_TITLE = "Zyxannonce d'un dossier de demain"
ANNOUNCED_ON = date(2026, 11, 20)
PERSON = "Zéphyrine Quidam-Fictive"
_HEADER = (
    "N° FASE de l'établissement;Nom de l'établissement;Type d'enseignement;Réseau;N° FASE de l'implantation;"
    "Adresse de l'implantation;Code postal de l'implantation;Commune de l'implantation\n"
)
_SCHOOLS = """\
9000011;École A (données fictives);Primaire ordinaire;Subventionné communal;9000101;Rue A 1;5004;Namur
9000012;École B (données fictives);Secondaire ordinaire;Libre confessionnel;9000102;Rue B 2;5000;Namur
9000012;École B (données fictives);Secondaire ordinaire;Libre confessionnel;9000103;Rue C 3;5000;Namur
9000013;École C (données fictives);Secondaire ordinaire;WBE;9000104;Quai D 4;4500;Huy
"""
_SCHOOLS_2020 = """\
9000012;École B (données fictives);Secondaire ordinaire;Libre confessionnel;9000102;Rue B 2;5000;Namur
9000013;École C (données fictives);Secondaire ordinaire;WBE;9000104;Quai D 4;4500;Huy
"""


@dataclass(frozen=True)
class Ground:
    """The project that is copied, and what commands make of it undisturbed."""

    folder: Path

    @property
    def project(self) -> Path:
        return self.folder / "project"

    def of(self, name: str) -> Path:
        """Give the project, or a demonstration, in which all is counted; it is made when it is first asked for."""
        place = self.folder / name
        with _alone(place):
            if not place.exists():
                new = place.with_name("new")
                shutil.rmtree(new, ignore_errors=True)
                ended = command(["demo", str(new), "--schools", "60"], self.folder, 300)
                assert ended.code == 0, ended.said
                new.rename(place)
        return place

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @contextmanager
    def copied(self, where: Path, scenario: Scenario, place: Path | None = None) -> Iterator["Copy"]:
        """Give a copy of the project, at a path in a new folder (or in one that is told), for a scenario."""
        folder = Path(tempfile.mkdtemp(prefix="faults-", dir=place))
        try:
            root = folder / "p" / where
            root.parent.mkdir(parents=True)
            (folder / "tmp").mkdir()
            shutil.copytree(self.project, root, symlinks=True)
            shutil.copytree(self.files, folder / "files")
            scenario.before(root)
            yield Copy(self, folder, root, scenario)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def answer(self, reading: tuple[str, ...]) -> str:
        """Give what a command that only reads says where nothing disturbs it."""
        kept = self.folder / f"{'-'.join(reading)}.answer"
        with _alone(kept):
            if not kept.exists():
                ended = command([*reading, "--root", str(self.project)], self.folder)
                assert ended.code == 0, f"{reading}: {ended.said}"
                kept.write_text(ended.out, "utf-8")
            return kept.read_text("utf-8")

    def reference(self, scenario: Scenario) -> "Reference":
        """Give what a scenario does where nothing disturbs it; tried once a run."""
        kept = self.folder / f"{scenario.name}.reference"
        with _alone(kept):
            if not kept.exists():
                with self.copied(Path("project"), scenario) as copy:
                    before = ask(truth.parts, copy.root)
                    counter = Counter()
                    count = partial(counter.start, copy.folder)
                    ended = command(copy.arguments, copy.folder, before=count)
                    assert ended.code == 0, f"{scenario.name}: {ended.said}"
                    after = ask(truth.parts, copy.root)
                    assert after != before, f"{scenario.name} changed nothing: {ended.said}"
                    reference = Reference(before, after, ended.seconds, counter.counted)
                    kept.write_bytes(pickle.dumps(reference))
            return pickle.loads(kept.read_bytes())  # noqa: S301 - we wrote it


@dataclass(frozen=True)
class Reference:
    """What was true before a scenario, and after it, by parts of the project; how long it took, and how often
    it wrote, renamed or removed something."""

    before: dict[str, str]
    after: dict[str, str]
    seconds: float
    moments: int


@dataclass(frozen=True)
class Copy:
    """A copy of the project, to which a case does what it does."""

    ground: Ground
    folder: Path
    root: Path
    scenario: Scenario

    @cached_property
    def arguments(self) -> list[str]:
        return self.arguments_of(self.scenario)

    def arguments_of(self, scenario: Scenario) -> list[str]:
        """Give the command of a scenario in this copy."""
        return [*scenario.arguments(self.root, self.folder / "files"), "--root", str(self.root)]

    @property
    def kit(self) -> Path:
        """The folder of its press kit."""
        (kit,) = self.root.glob("reports/*/")
        return kit

    @cached_property
    def reference(self) -> Reference:
        return self.ground.reference(self.scenario)

    @property
    def limit(self) -> float:
        """When a command hangs: a machine that does other things meanwhile takes several times longer."""
        return GRACE_S + 5 * self.reference.seconds

    def run(self, **how) -> Ended:
        return command(self.arguments, self.folder, self.limit, **how)


@contextmanager
def ground() -> Iterator[Ground]:
    """Give the project that the processes of a run share; the first one makes it."""
    load()
    told = os.environ.get(SHARED)
    folder = Path(told or tempfile.mkdtemp(prefix="faults-ground-"))
    try:
        made = Ground(folder)
        with _alone(folder / "made"):
            if not (folder / "made").exists():
                _make(made)
                (folder / "made").touch()
        yield made
    finally:
        if not told:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let one process at a time make something."""
    import fcntl

    with path.with_name(path.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(made: Ground) -> None:
    root, files = made.project, made.files
    for place in (root, files):
        shutil.rmtree(place, ignore_errors=True)  # of a process that was ended while it made them
    files.mkdir()
    for name, rows in (("register", _SCHOOLS), ("register-2020", _SCHOOLS_2020)):
        (files / f"{name}.csv").write_text(_HEADER + rows, "utf-8")
    for name, sites in (("winners-first", "9000101 9000102"), ("winners", "9000103 9000104")):
        lines = [f"{site};{n},00" for n, site in enumerate(sites.split(), 1)]
        (files / f"{name}.csv").write_text("\n".join(["FASE;Montant", *lines]) + "\n", "utf-8")
    ask(copy_of_raw, root)
    (root / "data" / "raw" / "rows").mkdir()
    (root / "data" / "raw" / "rows" / "demonstration.csv").write_text(
        "demonstration,size\nschools,4\n", "utf-8"
    )
    contacts = f"role,organisation,name,telephone,email\nPresse,SPW,{PERSON},081 00 00 00,x@example.org\n"
    (root / "data" / "raw" / "contacts.csv").write_text(contacts, "utf-8")
    listed = ["--call", "EN2019", "--as-of", "2020-06-27", "--yes"]
    for arguments in (
        ["import", "register", str(files / "register.csv"), "--as-of", "2019", "--yes"],
        ["import", "winners", str(files / "winners-first.csv"), *listed],
        ["build"],
    ):
        _must(arguments, made)
    (root / "older-store.txt").write_text(truth.pointer(root)["content_hash"], "utf-8")
    ask(_put_under_embargo, root)
    (root / "data" / "raw" / "releases.csv").write_text(
        "release,kind,announced_on,expected_on,expected_at,name_fr,name_de,name_nl,name_en,url,note\n"
        f"zyx,document,{ANNOUNCED_ON},2098-03-15,10:30,{','.join(4 * [ANNOUNCED_TITLE])},,\n",
        "utf-8",
    )
    note_changed(root)
    set_back = root / "data" / "raw" / "observations" / "press_kit_2020.csv"
    set_back.write_text(set_back.read_text("utf-8").replace("remarque changée", "remarque"), "utf-8")
    (root / "reports").mkdir(exist_ok=True)
    for arguments in (
        ["build"],
        ["press", "--known-at", DAY],
        ["release", str(root / "release"), "--known-at", "2019-12-31"],
        ["chart", "winners_per_call", "--out", str(root / "reports" / "chart.svg")],
    ):
        _must(arguments, made)


def _must(arguments: list[str], made: Ground) -> None:
    ended = command([*arguments, "--root", str(made.project)], made.folder, 300)
    assert ended.code == 0, f"{arguments}: {ended.said}"


def _put_under_embargo(root: Path) -> None:
    """Write an invented document and a number of it that nobody may see before tomorrow."""
    from ennum_stats.raw.tables import TABLE_BY_NAME

    until = EMBARGO_ENDS.isoformat(timespec="seconds")
    source = {
        "source_id": "zyx-2026", "title": EMBARGOED_TITLE, "title_language": "fr", "publisher": "SPW",
        "kind": "official", "published_on": "2026-10", "retrieved_on": "2026-11-01",
    }  # fmt: skip
    number = {
        "observation_id": "zyx-2026.budget_awarded.EN2021", "measure": "budget_awarded", "unit": "EUR",
        "programme": "ecole_numerique", "call": "EN2021", "territory": "wallonia", "stage": "awarded",
        "value": EMBARGOED_VALUE, "step": "1", "precision": "exact", "status": "A", "source_id": "zyx-2026",
        "locator": EMBARGOED_TITLE, "embargo_until": until,
    }  # fmt: skip
    here = ENDS_HERE.astimezone(ZoneInfo("Europe/Brussels")).replace(tzinfo=None).isoformat()
    later = number | {
        "observation_id": "zyx-2026.budget_awarded.EN2020", "call": "EN2020", "value": EMBARGOED_HERE,
        "embargo_until": here,
    }  # fmt: skip
    place = root / "data" / "raw" / "embargoed"
    place.mkdir(exist_ok=True)
    for table, name, row in (
        ("sources", "sources", source), ("observations", "next", number), ("observations", "here", later),
    ):  # fmt: skip
        columns = TABLE_BY_NAME[table].column_names
        lines = [",".join(columns), ",".join(row.get(column, "") for column in columns)]
        (place / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
