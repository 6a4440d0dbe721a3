"""Feeds as readers of feeds take them (RFC 4287), and the calendar as calendar programs do (RFC 5545)."""

import re
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree

from dashboards.api.addresses import ADDRESSES
from dashboards.api.description import answer_schema
from dashboards.app import create_app
from dashboards.follow import subjects
from dashboards.pages import figure as figure_page
from dashboards.server.guards import Hosts
from ennum_stats.languages import LANGUAGES
from ennum_stats.measures.targets import promises
from ennum_stats.project import Audience
from ennum_stats.store.build import build
from ennum_stats.store.ledger import open_ledger

DOCS = Path(__file__).resolve().parents[2] / "docs"
ATOM = "{http://www.w3.org/2005/Atom}"
PATHS = ["feed.atom", "feed/budgets.atom", "feed/figure/total_investment.atom"]


def feed_of(answer):
    assert answer.status_code == 200
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    return etree.fromstring(answer.data)


def texts(node, path):
    return [one.text for one in node.findall("/".join(f"{ATOM}{part}" for part in path.split("/")))]


def links(node, rel):
    return [one for one in node.findall(f"{ATOM}link") if one.get("rel") == rel]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_a_feed_has_what_atom_requires(client, language, path):
    feed = feed_of(client.get(f"/{language}/{path}"))
    assert feed.tag == f"{ATOM}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang").startswith(language)
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for node in (feed, *entries):
        for name in ("id", "title", "updated"):  # each exactly once
            [text] = texts(node, name)
            assert text
        [moment] = texts(node, "updated")
        assert datetime.fromisoformat(moment).tzinfo is not None
        assert re.fullmatch(r"tag:[a-z.]+,\d{4}(-\d\d){0,2}:\S+", texts(node, "id")[0])
    assert texts(feed, "author/name")[0]
    ids = [texts(entry, "id")[0] for entry in entries]
    assert len(set(ids)) == len(ids)
    assert texts(feed, "updated")[0] == max(texts(entry, "updated")[0] for entry in entries)
    [own] = links(feed, "self")
    assert own.get("href") == f"/{language}/{path}"
    kinds = [(one.get("type"), one.get("hreflang")) for one in links(feed, "alternate")]
    assert len(set(kinds)) == len(kinds) == 4  # its page, and the feed in the other languages
    for entry in entries:
        assert len(links(entry, "alternate")) == 1
        assert len(texts(entry, "summary")) == 1


def test_every_link_of_a_feed_leads_to_a_page(client):
    feed = feed_of(client.get("/nl/feed.atom"))
    shown = {one.get("href") for one in feed.iter(f"{ATOM}link")}
    pages = {re.sub(r"known_at=.*", "", one) for one in shown}
    assert len(pages) > 10
    for address in sorted(shown)[::7]:
        assert client.get(address).status_code == 200, address


def test_each_announcement_in_progress_has_a_feed_of_its_own(client, project):
    """La Libre, 13 July 2023: 1,350 schools in the plan 2022-2026."""
    page = client.get("/en/targets").get_data(as_text=True)
    running = [one for one in promises(open_ledger(project)) if one.is_running]
    assert running
    assert all(f'href="/en/feed/target/{one.name}.atom"' in page for one in running)
    named = next(
        one for one in running if "1,350 schools" in one.announced.words("en").replace("\u00a0", " ")
    )
    feed = feed_of(client.get(f"/en/feed/target/{named.name}.atom"))
    assert "2023-07-13" in " ".join(texts(feed, "entry/updated"))
    assert client.get("/en/feed/target/there-is-none.atom").status_code == 404


def test_every_subject_and_figure_has_a_feed_that_its_page_names(client):
    for subject in subjects():
        assert client.get(f"/fr/feed/{subject}.atom").status_code == 200
        page = client.get(f"/fr/{subject}").get_data(as_text=True)
        assert '<link rel="alternate" type="application/atom+xml" title="Quoi de neuf' in page
        assert re.search(rf'<a class="feed" href="/fr/feed/{subject}.atom" aria-label="Flux', page)
    page = client.get("/de/figure/en2019_projects").get_data(as_text=True)
    assert page.count("/de/feed/figure/en2019_projects.atom") >= 2
    assert 'href="/de/feed.atom"' in page


@pytest.fixture
def in_2012(monkeypatch):
    """Feeds as of a day with little to tell, which is soon read."""
    monkeypatch.setattr("dashboards.served_store.today", lambda: date(2012, 6, 30))


@pytest.mark.usefixtures("in_2012")
def test_a_feed_is_the_same_from_any_worker_whatever_was_read_before(project):
    one, other = (create_app(project).server.test_client() for _ in range(2))
    other.get("/fr/feed/figure/total_investment.atom")
    for path in ("/fr/feed.atom", "/fr/feed/budgets.atom"):
        assert one.get(path).data == other.get(path).data
    assert one.get("/feed.atom").data == one.get("/fr/feed.atom?known_at=2012&x=y").data


@pytest.mark.usefixtures("in_2012")
def test_a_feed_is_the_same_whether_its_past_was_kept_beside_the_store_or_not(built_copy):
    paths = ("/fr/feed.atom", "/de/feed/winners.atom", "/nl/feed/figure/total_investment.atom")
    first = create_app(built_copy.project)
    made = [first.server.test_client().get(path).data for path in paths]
    store = first.server.extensions["ennum"].edition()
    while not store.read_past():
        pass
    later = create_app(built_copy.project)
    assert later.server.extensions["ennum"].edition().news().is_read  # before anyone has asked
    assert [later.server.test_client().get(path).data for path in paths] == made


def test_a_figure_draws_what_was_known_of_it_once_the_past_is_read_and_is_kept_meanwhile(built_copy):
    for past in built_copy.project.processed.glob("stores/*/*.past.json"):
        past.unlink()
    server = create_app(built_copy.project).server
    client, edition = server.test_client(), server.extensions["ennum"].edition()
    path, drawn = "/en/figure/total_investment", "as documents arrived"
    assert drawn not in client.get(path).text
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figure_page, "_as_documents_arrived", None)  # what is made anew would fail
        assert drawn not in client.get(path).text
    while not edition.read_past():
        pass
    assert drawn in client.get(path).text


@pytest.mark.usefixtures("in_2012")
def test_an_internal_server_keeps_the_past_in_memory_only(project):
    edition = create_app(project, Audience.INTERNAL).server.extensions["ennum"].edition()
    while not edition.read_past():
        pass
    assert edition.past is None


def test_links_are_whole_where_the_server_has_a_public_name(project):
    hosts = Hosts(frozenset({"localhost", "stats.example.be"}), public="stats.example.be")
    feed = feed_of(create_app(project, hosts=hosts).server.test_client().get("/fr/feed.atom"))
    addresses = {urlsplit(one.get("href"))[:2] for one in feed.iter(f"{ATOM}link")}
    assert addresses == {("https", "stats.example.be")}


def test_there_is_no_other_feed(client):
    for path in ("/xx/feed.atom", "/fr/feed/nothing.atom", "/fr/feed/documents.atom",
                 "/fr/feed/figure/nothing.atom", "/fr/feed.rss"):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert b"Traceback" not in answer.data


def test_the_internal_server_feeds_nobody(inside):
    for path in ("/feed.atom", "/fr/feed.atom", "/fr/feed/figure/total_investment.atom", "/fr/calendar.ics"):
        assert inside.get(path).status_code == 404
    for page in ("/fr/budgets", "/fr/figure/total_investment", "/fr/calendar"):
        text = inside.get(page).get_data(as_text=True)
        assert ".atom" not in text
        assert ".ics" not in text


# --- the calendar ---------------------------------------------------------------------------------

HEADER = "release,kind,announced_on,expected_on,expected_at,name_fr,name_de,name_nl,name_en,url,note\n"
ROWS = (
    'kit,document,2026-11-20,2098-03-15,10:30,Le dossier,Das Dossier,Het dossier,"The kit, at last; really",'
    "https://example.org/kit,\n"
    "winners,list,2026-11-20,2098-06,,Les lauréats,Die Ausgewählten,De winnaars,The winners,,\n"
    "embargo,embargo,2026-11-20,2098-07-01,05:00,Budget EN2030,Budget EN2030,Budget EN2030,Budget EN2030,,\n"
    "past,figures,2020-01-01,2020-02-01,,Passé,Vergangen,Voorbij,Past,,\n"
)


@pytest.fixture
def announced(raw_copy):
    guides = [(DOCS / guide).read_text("utf-8") for guide in ("fr/donnees.md", "en/data.md")]
    first, second = (re.search(r"<!-- releases -->\n```csv\n(.*?)```", one, re.DOTALL)[1] for one in guides)
    assert first.startswith(HEADER)
    assert [row.split(",")[:10] for row in first.split("\n")] == [
        row.split(",")[:10] for row in second.split("\n")
    ]
    (raw_copy.project.raw / "releases.csv").write_text(first + ROWS, "utf-8")
    build(raw_copy.project)
    return create_app(raw_copy.project).server.test_client()


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


def test_the_calendar_shows_what_is_announced_and_no_more_exactly(announced):
    page = announced.get("/en/calendar").get_data(as_text=True).replace("\u00a0", " ")
    assert "15 March 2098 at 10:30, Belgian time" in page
    assert "Budget EN2030. Under embargo until 1 July 2098 at 05:00, Belgian time." in page
    assert re.search(r">June 2098<", page)
    assert "Past" not in page
    before = announced.get("/en/calendar?known_at=2026-11-19").get_data(as_text=True)
    assert "The kit, at last" not in before  # nobody had been told


def test_the_calendar_file_is_icalendar(announced):
    answer = announced.get("/en/calendar.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    text = answer.data.decode()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = unfolded(text)
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == 4 + 3
    # 10:30 in Belgium in March, before summer time: 09:30 UTC; 05:00 in July: 03:00.
    assert "DTSTART:20980315T093000Z" in lines
    assert "DTSTART:20980701T030000Z" in lines
    at = lines.index("DTSTART;VALUE=DATE:20980601")
    assert lines[at + 1] == "DTEND;VALUE=DATE:20980701"  # the day after the last one
    assert "SUMMARY;LANGUAGE=en:Document: The kit\\, at last\\; really" in lines


def test_the_calendar_for_programs_tells_the_same(announced):
    told = announced.get("/api/releases?lang=en").get_json()
    [declared] = [one for one in ADDRESSES if one.path == "/api/releases"]
    import jsonschema

    jsonschema.validate(told, answer_schema(declared), cls=jsonschema.Draft202012Validator)
    items = {one["release"]: one for one in told["items"]}
    assert items["kit"]["moment"] == "2098-03-15T10:30:00+01:00"
    assert items["winners"]["expected_on"] == "2098-06"
    assert items["winners"]["moment"] is None
    assert {name: one["is_over"] for name, one in items.items() if one["is_over"]} == {"past": True}
    # The example of the guides, with the notice of an embargo.
    assert items["budget-2027-embargo"]["title"].replace("\u00a0", " ") == (
        "Budget of the call of 2027. Under embargo until 1 February 2027 at 05:00, Belgian time."
    )
    kinds = announced.get("/api/releases?kind=embargo").get_json()["items"]
    assert {one["release"] for one in kinds} == {"embargo", "budget-2027-embargo"}
    before = announced.get("/api/releases?known_at=2026-11-19").get_json()["items"]
    assert [one["release"] for one in before] == ["past"]


def test_a_calendar_that_was_subscribed_to_stays_where_nothing_is_announced(client):
    """RFC 5545 wants one component at least, which a time zone is."""
    page = client.get("/fr/calendar").get_data(as_text=True)
    assert "Aucun jour" in page
    assert "/fr/calendar.ics" in page
    lines = unfolded(client.get("/fr/calendar.ics").data.decode())
    assert "BEGIN:VTIMEZONE" in lines
    assert "BEGIN:VEVENT" not in lines


def test_days_of_the_calendar_are_read_by_the_clock_of_the_view(announced):
    assert "Past" in announced.get("/en/calendar?known_at=2020-01-15").get_data(as_text=True)
