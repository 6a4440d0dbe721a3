"""Everything that the product gives of one day in one language, each under the place where a reader finds it:
what a browser reaches from the home page and from the list of addresses for programs, feeds, commands, what is said of
a text, what assistants and analysts are answered, kit, release, notices, a sheet of a province, and a Word file and
slides of an earlier kit brought up to the day.
"""

import asyncio
import html
import json
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from random import Random
from tempfile import TemporaryDirectory
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from typer.testing import CliRunner

import ennum_stats
from dashboards.app import create_app
from ennum_stats.cli import app as commands
from ennum_stats.figures import figures
from ennum_stats.kit.notice_files import write_notice
from ennum_stats.kit.press import press
from ennum_stats.kit.sheet_files import write_local_sheet
from ennum_stats.measures.catalogue import TABLES
from ennum_stats.office.refresh import refresh
from ennum_stats.release import release
from ennum_stats.store import ledger as ledgers
from ennum_stats.store.ledger import open_ledger

QUESTIONS = ("budget total", "projets EN2019", "wifi")
CLAIMS = {
    "fr": "L’appel EN2019 a retenu 530 projets, et l’appel EN2018 326 projets pour 6 910 088 euros. L’appel EN2021 a "
    "retenu 317 projets dans les écoles, et près de 137 millions d’euros ont été dépensés de 1999 à 2019.",
    "de": "Der Aufruf EN2019 hat 530 Projekte ausgewählt, der Aufruf EN2018 326 Projekte für 6.910.088 Euro. EN2021 "
    "hat 317 Projekte der Schulen ausgewählt, und fast 137 Millionen Euro wurden von 1999 bis 2019 ausgegeben.",
    "nl": "De oproep EN2019 selecteerde 530 projecten, de oproep EN2018 326 projecten voor 6.910.088 euro. EN2021 "
    "selecteerde 317 projecten van de scholen, en bijna 137 miljoen euro werd van 1999 tot 2019 besteed.",
    "en": "The call EN2019 selected 530 projects, and the call EN2018 326 projects for 6,910,088 euros. EN2021 "
    "selected 317 projects of the schools, and nearly 137 million euros were spent from 1999 to 2019.",
}
"""A text with a digit changed, numbers of several documents, one of a call whose number nobody knows, and a sum."""
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


def answers_of(project, asked):
    """What assistants are answered: as data, else why not. What they rest on takes a second to import."""
    from mcp import Client

    from ennum_stats.assistants import server

    async def answered():
        async with Client(server(project)) as client:
            results = [await client.call_tool(*each) for each in asked]
        return [
            result.content[0].text.encode()
            if result.is_error
            else json.dumps(result.structured_content).encode()
            for result in results
        ]

    with ThreadPoolExecutor(1) as threads:  # that of the tests may hold the loop of a browser
        return threads.submit(asyncio.run, answered()).result()


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
        yield from self.judged()
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

    def judged(self):
        """What is said of the numbers of a text, and what analysts and assistants are answered."""
        text, known_at = CLAIMS[self.language], str(self.day)
        given = ("--root", str(self.project.root), "--known-at", known_at, "--lang", self.language)
        ended = CliRunner().invoke(commands, ["audit", "-", "--format", "json", *given], input=text)
        yield "ennum audit", ended.stdout.encode()
        store = ennum_stats.open(self.project.root, known_at=known_at)
        verdicts = store.check(text, language=self.language, reader=self.language)
        yield "analyst check", verdicts.to_json(orient="records", force_ascii=False).encode()
        answer = store.find(QUESTIONS[0], language=self.language)
        yield "analyst find", json.dumps([each.record() for each in answer.nearest]).encode()
        tools = [("find", {"question": question}) for question in QUESTIONS]
        tools += [("figure", {"name": "total_investment"}), ("trace", {"name": "total_investment"})]
        tools += [("table", {"measure": "winners", "by": "call"}), ("check", {"text": text})]
        asked = [
            (tool, {**values, "language": self.language, "known_at": known_at}) for tool, values in tools
        ]
        for number, answered in enumerate(answers_of(self.project, asked)):
            yield f"mcp {number} {asked[number][0]}", answered

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
