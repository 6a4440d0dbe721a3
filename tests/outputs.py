"""Everything that the product gives of one day in one language, each under the place where a reader finds it:
what a browser reaches from the home page and from the list of addresses for programs, feeds, commands, kit,
release, notices, a sheet of a province, and a Word file and slides of an earlier kit brought up to the day.
"""

import html
import re
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from random import Random
from tempfile import TemporaryDirectory
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from typer.testing import CliRunner

from dashboards.app import create_app
from ennum_stats.cli import app as commands
from ennum_stats.figures import figures
from ennum_stats.kit.notice_files import write_notice
from ennum_stats.kit.press import press
from ennum_stats.kit.sheet_files import write_local_sheet
from ennum_stats.measures.catalogue import TABLES
from ennum_stats.office import refresh
from ennum_stats.release import release
from ennum_stats.store import ledger as ledgers
from ennum_stats.store.ledger import open_ledger

QUESTIONS = ("budget total", "projets EN2019", "wifi")
FEEDS_READ = 0.3
"""On how many of the days: they tell what data for programs tell on each, and take five seconds."""
FIRST_KIT = date(2020, 1, 31)


@contextmanager
def clock_at(day):
    """The clock of a machine on which it is this day."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(day.year, day.month, day.day, 12, tzinfo=tz)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledgers, "datetime", Clock)
        yield


class Outputs:
    """The outputs of a project as known on a day, in a language; with `is_brief` one of each kind of address."""

    def __init__(self, project, day, language, *, is_brief=False):
        self.project, self.day, self.language, self.is_brief = project, day, language, is_brief
        self.random = Random(day.toordinal())  # noqa: S311
        self.client = create_app(project).server.test_client()

    def every(self, earlier_kit=None):
        """All of them: name and content as bytes, in an order that is always the same."""
        yield from self.answers()
        if self.random.random() < FEEDS_READ:
            yield from self.feeds()
        yield from self.told()
        yield from self.files(earlier_kit)

    def answers(self):
        """What is answered to addresses of this day: all pages and data for programs; of their files, whose words are
        the same, some of each form that are drawn by the day."""
        asked = [f"/{self.language}/", *self._data()]
        met, left = set(asked), {}
        for address in asked:
            path = PurePosixPath(urlsplit(address).path)
            kind, most = path.suffix or (path.parts[:3]), 1 if self.is_brief else 4 if path.suffix else 1000
            left[kind] = left.get(kind, most) - 1
            if left[kind] < 0:
                continue
            [(_, content)] = self.given([address])
            yield address, content
            if content.startswith(b"<!"):
                links = re.findall(r'(?:href|src)="(/[^"]*)"', content.decode())
                new = sorted({*filter(None, map(self._same_day, links))} - met)
                self.random.shuffle(new)
                met |= {*new}
                asked += new

    def given(self, addresses):
        """What is answered to addresses; to those that there are not on the day, the status."""
        for address in addresses:
            answer = self.client.get(self._on_day(address), follow_redirects=True)
            yield address, answer.data if answer.status_code == 200 else answer.status.encode()

    def feeds(self):
        """What is new and what is to come, as whoever follows is given it on the day."""
        names = ["feed.atom", *(f"feed/figure/{one.name}.atom" for one in self._figures()[::9])]
        with clock_at(self.day):
            client = create_app(self.project).server.test_client()
            page = client.get(f"/{self.language}/documents", follow_redirects=True).get_data(as_text=True)
            names += sorted({*re.findall(r"/(feed/\w+\.atom)", page)})
            for name in (*names, "calendar.ics"):
                answer = client.get(f"/{self.language}/{name}")
                yield f"/{self.language}/{name}", answer.data if answer.status_code == 200 else b""

    def told(self):
        """What commands say."""
        names = self.random.sample([one.name for one in self._figures()], 2)
        asked = [
            *(("figures", "--format", form) for form in ("json", "csv", "table")),
            *((command, name) for command in ("cite", "trace") for name in names),
            *(("find", question, "--format", "json") for question in QUESTIONS),
            ("conflicts", "--format", "json"),
        ]
        for arguments in asked[:: 3 if self.is_brief else 1]:
            given = ("--root", str(self.project.root), "--known-at", str(self.day), "--lang", self.language)
            ended = CliRunner().invoke(commands, [*arguments, *given], catch_exceptions=False)
            yield f"ennum {' '.join(arguments)}", ended.stdout.encode()

    def files(self, earlier_kit=None):
        """Kit, release and notice, and what was edited in an earlier kit, renewed."""
        ledger = open_ledger(self.project, self.day)
        with TemporaryDirectory(prefix="outputs-") as folder:
            place = Path(folder)
            press(self.project, ledger, (self.language,), place / "kit")
            if not self.is_brief:
                release(ledger, place / "release")
            if self.day > FIRST_KIT:
                write_notice(
                    self.project, ledger.known_on(FIRST_KIT), ledger, (self.language,), place / "notice"
                )
            if not self.is_brief:
                write_local_sheet(
                    self.project, ledger, "province", "liege", (self.language,), place / "sheet"
                )
            (place / "renewed").mkdir()
            for path in sorted((earlier_kit or place / "none").glob(f"{self.language}/*.[dp][op][ct]x")):
                refresh(ledger, path, out=place / "renewed" / path.name)
            for path in sorted(place.rglob("*")):
                if path.is_file():
                    yield path.relative_to(place).as_posix(), path.read_bytes()
        ledger.connection.close()

    def _figures(self):
        ledger = open_ledger(self.project, self.day)
        try:
            return figures(ledger)
        finally:
            ledger.connection.close()

    def _data(self):
        """The addresses for programs, with what each must be asked."""
        listed = self.client.get("/api/", headers={"Accept": "application/json"}).get_json()["addresses"]
        names = [one.name for one in self._figures()]
        filled = {
            "/api/figures/{name}": [f"/api/figures/{name}" for name in names],
            "/api/measures/{name}": [
                f"/api/measures/{name}?by={by}" if by else f"/api/measures/{name}"
                for name, table in TABLES.items()
                if not table.is_site_by_site
                for by in ("", *table.by)
            ],
            "/api/citation": [f"/api/citation?of=figure/{name}" for name in names],
            "/api/changes": [f"/api/changes?from={FIRST_KIT.replace(year=1998)}"],
        }
        for one in listed:
            if one["path"] in filled:
                yield from filled[one["path"]]
            elif "{" not in one["path"] and one["path"] != "/api/compare":
                yield one["path"]

    def _on_day(self, address):
        path, _, query = address.partition("?")
        asked = dict(parse_qsl(query)) | {"known_at": self.day.isoformat()}
        if path.startswith("/api/"):
            asked["lang"] = self.language
        return f"{path}?{urlencode(asked, safe='~')}"

    def _same_day(self, link):
        """A link as an address without its day; nothing for what is of another day, language, or view."""
        parts = urlsplit(html.unescape(link))
        asked = dict(parse_qsl(parts.query))
        if asked.pop("known_at", str(self.day)) != str(self.day) or asked.keys() - {"by"}:
            return ""
        if not parts.path.startswith(f"/{self.language}/") or parts.path.endswith((".atom", ".ics")):
            return ""
        return parts.path + (f"?{urlencode(asked, safe='~')}" if asked else "")
