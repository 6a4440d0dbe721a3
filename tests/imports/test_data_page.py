"""The page « Données »: a list dropped, asked about, written, published and undone, by forms alone. Schools and amounts
are invented (données fictives)."""

import io
import json
import re
import subprocess
import sys
from html import unescape

import pytest

from dashboards import data_page
from dashboards.app import create_app
from ennum_stats import imports
from ennum_stats.files.system import lock
from ennum_stats.imports import steps
from ennum_stats.imports.drafts import DraftRefused, Drafts
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.project import Audience
from ennum_stats.raw.history import entries
from ennum_stats.store.publish import current_store
from tests.dashboard.conftest import violations

LIST = "N° FASE;Montant;Situation\n101;10,00;Lauréat\n102;20,00;Désisté\n104;30,00;Lauréat\n"


class Steward:
    """A browser without scripts: it follows what an answer leads to, and posts the forms that it was shown."""

    def __init__(self, project):
        self.project = project
        self.client = create_app(project, Audience.INTERNAL).server.test_client()
        self.open("/fr/data")

    def open(self, address):
        self.take(self.client.get(address))

    def take(self, answer):
        if answer.status_code == 303:
            answer = self.client.get(answer.headers["Location"])
        while "Refresh" in answer.headers:
            answer = self.client.get(answer.request.path)
        self.status, self.page, self.address = answer.status_code, answer.get_data(True), answer.request.path
        self.headers = answer.headers
        main = re.search(r"<main.*</main>", self.page, re.DOTALL)
        self.words = unescape(re.sub(r"<[^>]+>", " ", main[0] if main else ""))
        self.words = re.sub(r"[^\S\n\u00a0\u202f]+", " ", self.words)

    def post(self, address="", **fields):
        token = re.search(r'name="token" value="([^"]+)"', self.page)[1]
        fields = {"token": token, **fields}
        self.take(self.client.post(address or self.address, data=fields, content_type="multipart/form-data"))

    def drop(self, content, name="lauréats.csv", **said):
        data = content if isinstance(content, bytes) else content.encode()
        fields = {"kind": "winners", "call": "EN2020", "as_of": "2020-06-27", **said}
        self.post("/fr/data", file=(io.BytesIO(data), name), **fields)

    @property
    def questions(self):
        return dict.fromkeys(re.findall(r'type="radio" name="(answer-[^"]+)"', self.page))


@pytest.fixture
def steps_here(monkeypatch):
    """Steps are taken in this process: that they have one of their own is another test."""
    monkeypatch.setattr(steps, "_launch", lambda place, step, *said: steps.take(step, place, *said))


@pytest.fixture
def steward(schools, steps_here):
    """A steward at a project with five schools."""
    return Steward(schools.project)


NUMBER = "regional-it-2018-06-06.budget_awarded.EN2018"


def changes(project):
    """What changed tables: publications stand in the journal, too."""
    return [entry for entry in entries(project) if entry.files]


def raw_files(project):
    return {p.relative_to(project.raw): p.read_bytes() for p in project.raw.rglob("*.csv")}


def test_a_list_goes_from_the_file_to_the_tables_and_back(steward):
    before = raw_files(steward.project)
    steward.drop(LIST)
    assert steward.status == 200
    assert "lauréats.csv" in steward.words
    assert steward.questions  # “Situation” decides, perhaps: nothing is taken before that is said
    assert 'name="write"' not in steward.page
    steward.post(**dict.fromkeys(steward.questions, "leave"))
    assert 'name="write"' in steward.page
    for who, answer, words in (
        (" ", "leave", "Dites votre nom"),
        ("A. Dupont", "take", "vous avez changé une réponse"),
    ):
        steward.post(write="1", who=who, **dict.fromkeys(steward.questions, answer))
        assert (steward.status, words in steward.words) == (422, True)
        assert raw_files(steward.project) == before
    steward.post(write="1", who="A. Dupont")
    assert steward.address == "/fr/data"
    _, entry = changes(steward.project)  # the register was the first
    assert (entry.who, entry.way, entry.file) == ("A. Dupont", "page", "lauréats.csv")
    assert raw_files(steward.project) != before
    assert f"le changement {entry.number}" in steward.words
    assert Drafts(steward.project).all() == []
    left = [path for path in Drafts(steward.project).folder.rglob("*") if path.is_file()]
    assert "Désisté" not in "".join(path.read_text("utf-8") for path in left)
    steward.open(f"/fr/data/change/{entry.number}")
    steward.post(undo="1", who="A. Dupont")
    assert [change.undoes for change in changes(steward.project)] == ["", "", entry.number]
    assert raw_files(steward.project) == before


def test_rows_are_decided_one_by_one_and_schools_chosen_among_those_alike(steward):
    two = LIST.replace("30,00;Lauréat", "30,00;Désisté")
    steward.drop(two)
    (name,) = (name for name in steward.questions if ":" not in name)
    steward.post(**{f"{name}:3": "take", f"{name}:4": "leave"})
    assert 'name="write"' in steward.page
    assert "prises\u00a0: 2" in steward.words
    steward.drop("École;Commune;Adresse\nInstitut Saint-Aubin;Namur;\n", name="alike.csv")
    sites = {value for _, value in re.findall(r'name="(answer-site:2)" value="([^"]+)"', steward.page)}
    assert {"102", "103"} <= sites  # an institute with two sites: its name does not say which
    assert 'name="write"' not in steward.page
    draft = steward.address
    steward.post(search="2")  # among all of the register, for a row that means none of those
    assert steward.address == f"{draft}/site/2"
    assert 'value="Institut Saint-Aubin"' in steward.page
    steward.open(f"{steward.address}?q=103")
    assert re.findall(r'name="answer-site:2" value="([^"]+)"', steward.page)[0] == "103"
    steward.open(f"{draft}/site/2?q=zzzz")
    assert "rien de semblable" in steward.words
    steward.open(draft)
    steward.post(**{"answer-site:2": "103", "of-remember": "1", "answer-remember": "1"})
    assert "prises\u00a0: 1" in steward.words
    steward.post(write="1", who="A. Dupont")
    aliases = (steward.project.raw / "rows" / "school_aliases.csv").read_text("utf-8")
    assert "103" in aliases
    assert "A. Dupont" in aliases


def test_answers_survive_another_server_and_tables_that_change(steward):
    steward.drop(LIST)
    steward.post(**dict.fromkeys(steward.questions, "leave"))
    address = steward.address
    source = steward.project.raw / "sources.csv"
    source.write_text(source.read_text("utf-8").rstrip("\n"), "utf-8")
    elsewhere = Steward(steward.project)
    assert "lauréats.csv" in elsewhere.words
    elsewhere.open(address.replace("/fr/", "/de/"))
    assert 'name="write"' in elsewhere.page
    assert elsewhere.page.count(" checked") == len(elsewhere.questions)
    elsewhere.post(give_up="1")
    assert Drafts(steward.project).all() == []
    elsewhere.open(address)
    assert "Redéposez-le" in elsewhere.words


def test_each_screen_is_in_the_language_of_its_reader_and_each_field_has_its_label(steward):
    steward.drop(LIST)
    address = steward.address
    for language in LANGUAGES:
        steward.open(f"/{language}/data")
        assert f'<html lang="{language}' in steward.page
        for words in (data_page.DROP, data_page.TAKE_FORM, data_page.UNDERWAY, data_page.READ):
            assert translate(words, language) in steward.words
            assert language == "en" or translate(words, language) != translate(words, "en")
        shown = steward.page
        steward.open(address.replace("/fr/", f"/{language}/"))
        for words in (data_page.UNDERSTOOD, data_page.LEAVE, data_page.NOT_YET):
            assert translate(words, language) in steward.words
        for form in re.findall(r"<main.*?</main>", shown + steward.page, re.DOTALL):
            fields = re.findall(r'<(?:input|select)[^>]* id="([^"]+)"', form)
            assert {*fields} <= {*re.findall(r'<label for="([^"]+)"', form)}


def test_what_is_refused_says_where_and_is_not_written(steward):
    steward.drop("N° FASE;Montant\n999;beaucoup\n")
    assert "n’est à prendre" in steward.words
    steward.drop("N° FASE;Montant\n101;10,00\n999;beaucoup\n")
    assert "Lignes refusées" in steward.words
    assert "beaucoup" in steward.words
    steward.drop(b"\xd0\xcf\x11\xe0" + b"x" * 600, "vieux.xls")
    assert steward.status == 200
    assert "vieux.xls" in steward.words
    assert 'name="write"' not in steward.page
    steward.drop("")
    assert steward.status == 422
    assert "vide" in steward.words
    steward.drop("<script>alert(1)</script>;Montant\n101;1\n", '"><script>alert(1)</script>.csv')
    assert "<script>alert" not in steward.page
    assert raw_files(steward.project).keys() == raw_files(steward.project).keys()


def test_only_a_form_of_this_browser_changes_anything(steward):
    steward.drop(LIST)
    (draft,) = Drafts(steward.project).all()
    token = re.search(r'name="token" value="([^"]+)"', steward.page)[1]
    foreign = create_app(steward.project, Audience.INTERNAL).server.test_client()
    for client, headers in (
        (foreign, {}), (steward.client, {"Origin": "https://elsewhere.example"}),
        (steward.client, {"Sec-Fetch-Site": "cross-site"}),
    ):  # fmt: skip
        sent = {"token": token, "give_up": "1"}
        assert client.post(f"/fr/data/{draft.number}", data=sent, headers=headers).status_code in (400, 403)
    assert steward.client.get(f"/fr/data/{draft.number}?give_up=1").status_code == 200
    assert Drafts(steward.project).all() == [draft]
    assert "no-store" in steward.headers["Cache-Control"]
    assert "SameSite=Strict" in steward.headers["Set-Cookie"]
    assert draft.number not in str(steward.client.application.extensions["ennum-dash"].answers.kept)
    assert (Drafts(steward.project).folder.stat().st_mode & 0o777) == 0o700
    for address, most in (("/fr/data", 64), ("/fr/check", 4), (f"/fr/data/{draft.number}", 0)):
        length = str(most * 1024**2 + 65 * 1024)
        large = steward.client.post(address, environ_overrides={"CONTENT_LENGTH": length})
        assert large.status_code == 413, address


def test_a_file_may_have_any_name(steward):
    steward.drop(LIST, "draft.json")
    (draft,) = Drafts(steward.project).all()
    assert (draft.file, Drafts(steward.project).file(draft).read_text("utf-8")) == ("draft.json", LIST)
    steward.open("/fr/data")
    assert f'href="/fr/data/{draft.number}">draft.json</a>' in steward.page


def test_drafts_have_an_end(steward):
    drafts_ = Drafts(steward.project)
    steward.drop(LIST)
    (draft,) = drafts_.all()
    path = drafts_.folder / draft.number / "draft.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"touched_at": "2026-01-01T00:00:00+00:00"}))
    assert drafts_.all() == []
    assert [*drafts_.folder.iterdir()] == []
    with pytest.raises(DraftRefused):
        drafts_.named("../../raw")


def test_the_public_application_has_no_page_for_data_and_loads_none_of_it(schools):
    code = (
        "import sys; from pathlib import Path; from dashboards.app import create_app;"
        "from ennum_stats.project import Project;"
        f"client = create_app(Project(Path({str(schools.project.root)!r}))).server.test_client();"
        "print(client.get('/fr/data').status_code, client.post('/fr/data').status_code, '/fr/data' in "
        "client.get('/fr/').get_data(True), [m for m in sys.modules if 'data_page' in m or 'ennum_stats.imports' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split(maxsplit=2) == ["404", "405", "False []\n"]


def test_a_step_is_a_process_of_its_own_within_limits(schools, monkeypatch):
    steward = Steward(schools.project)
    steward.drop(LIST)
    assert steward.questions
    monkeypatch.setattr(steps, "_MODULE", "nothing.of.ours")
    steward.drop(LIST, call="EN2019")
    assert "n’a pas pu commencer" in steward.words


def test_a_refused_cell_is_written_anew_on_the_page(steward):
    steward.drop("N° FASE;Montant;N° du projet\n101;10,00;A-1\n102;beaucoup;A-2\n104;30,00;Jean Dupont\n")
    assert "Lignes refusées" in steward.words
    masked = re.search(r'name="(answer-cell:4:project)" value="([^"]*)"', steward.page)
    steward.post(**{"answer-cell:3:amount_eur": "20,00", masked[1]: unescape(masked[2])})
    assert "prises\u00a0: 2" in steward.words  # what is masked and not touched stays as it is in the file
    assert 'value="20,00"' in steward.page  # and may be written anew again
    steward.post(**{"answer-cell:3:amount_eur": "0475 12 34 56"})
    assert "prises\u00a0: 1" in steward.words
    assert "0475" not in steward.page.replace('value="0475 12 34 56"', "")
    steward.post(**{"answer-cell:3:amount_eur": "25,5"})
    steward.post(write="1", who="A. Dupont")
    entry = entries(steward.project)[-1]
    assert [line.split(",")[-2] for file in entry.files for piece in file.lines for line in piece.came][-2:] == [
        "10", "25.5",
    ]  # fmt: skip
    assert "beaucoup" not in json.dumps(entry.answers)
    steward.open(f"/fr/data/change/{entry.number}")
    assert "ligne 3\u00a0: une cellule récrite" in steward.words
    for code in ("participations", "as_of", "amount_eur", "ennum "):
        assert code not in re.sub(
            r"<details.*?</details>", "", steward.page.partition("<main")[2], flags=re.DOTALL
        )


def test_figures_are_published_and_the_kit_made_and_put_back(steward, monkeypatch):
    def press(project, ledger, languages, **_):
        folder = project.reports / ledger.known_at.isoformat()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "press-kit.docx").write_text(f"{ledger.content_hash} {languages}")
        return [folder / "press-kit.docx"]

    monkeypatch.setattr("ennum_stats.kit.press.press", press)
    steward.drop(LIST.replace("Désisté", "Lauréat"))
    steward.post(**dict.fromkeys(steward.questions, "leave"))
    steward.post(write="1", who="A. Dupont")
    before = current_store(steward.project).content_hash
    steward.post(step="publish")
    assert (steward.status, current_store(steward.project).content_hash) == (422, before)  # by nobody
    steward.post(step="publish", who="B. Martin")
    assert "C’est publié" in steward.words
    assert current_store(steward.project).content_hash != before
    of = re.search(r'name="of" value="([^"]+)"', steward.page)[1]
    published, kits = steward.address, steward.project.reports
    steward.post("/fr/data", step="kit")
    (link,) = re.findall(r'href="([^"]+\.docx)"', steward.page)
    assert steward.client.get(link).get_data(True).startswith(current_store(steward.project).content_hash)
    assert steward.client.get(link.replace("press-kit.docx", "../../data/raw/calls.csv")).status_code == 404
    first = re.search(r'name="of" value="([^"]+)"', steward.page)[1]
    steward.post("/fr/data", step="republish", of=of, who="C. Lambert")
    assert [(e.kind, e.who, e.known_by, e.way) for e in entries(steward.project)][-2:] == [
        ("publish", "B. Martin", "declared", "page"), ("republish", "C. Lambert", "declared", "page"),
    ]  # fmt: skip
    assert current_store(steward.project).content_hash == before
    steward.post("/fr/data", step="kit")
    second = re.search(r'name="of" value="([^"]+)"', steward.page)[1]
    (kit,) = kits.rglob("*.docx")
    assert kit.read_text().startswith(before)
    steward.post("/fr/data", step="unkit", of=second)
    assert not kit.read_text().startswith(before)
    kit.write_text("changé à la main")
    steward.open("/fr/data")
    steward.post(step="unkit", of=first)
    assert steward.status == 422
    assert kit.read_text() == "changé à la main"
    steward.open(published)
    assert steward.status == 200


def test_a_step_under_way_tells_how_far_it_is_and_can_be_stopped(steward, monkeypatch):
    monkeypatch.setattr(steps, "PATIENCE_S", 0.1)
    monkeypatch.setattr(steps, "_launch", lambda place, *_: None)  # as if it had only just begun
    token = re.search(r'name="token" value="([^"]+)"', steward.page)[1]
    address = steward.client.post("/fr/data", data={"token": token, "step": "kit"}).headers["Location"]
    folder = Drafts(steward.project).folder / "steps" / address.rpartition("/")[2]
    (folder / "progress.json").write_text(json.dumps([3, 6, "Word"]))
    held = (folder / "lock").open("w")
    assert lock(held.fileno())
    again = steward.client.post("/fr/data", data={"token": token, "step": "kit"})
    assert again.headers["Location"] == address  # whoever asks meanwhile is led to the same
    page = steward.client.get(address)
    assert page.headers["Refresh"] == "2"
    assert "3 sur 6\u00a0: Word." in page.get_data(True)
    assert steward.client.post(address, data={"token": token}).status_code == 303
    held.close()
    (folder / "ended").touch()  # as whoever started it notes
    assert "C’est arrêté. Rien n’a été écrit." in steward.client.get(address).get_data(True)


def test_people_see_each_other_and_each_has_a_quota(steward):
    steward.drop(LIST, who="A. Dupont")
    address = steward.address
    other = Steward(steward.project)
    other.drop(LIST, "autre.csv", who="B. Martin")
    assert "A. Dupont a un fichier en cours" in other.words
    steward.open(address)
    assert "B. Martin a un fichier en cours" in steward.words
    assert 'value="A. Dupont"' not in other.page
    drafts_ = Drafts(steward.project)
    mine = next(draft for draft in drafts_.all() if draft.who == "B. Martin")
    for _ in range(4):
        drafts_.add("l.csv", io.BytesIO(b"x"), "winners", {}, owner=mine.owner)
    other.drop(LIST, "sixième.csv")
    assert (other.status, len(drafts_.all())) == (422, 6)
    assert "plus de place" in other.words
    drafts_.add("l.csv", io.BytesIO(b"x"), "winners", {}, owner="somebody else")


def test_behind_a_proxy_its_name_counts_and_nobody_else_may(schools, monkeypatch):
    monkeypatch.setattr(steps, "_launch", lambda place, step, *said: steps.take(step, place, *said))
    client = create_app(schools.project, Audience.INTERNAL, proxy_secret="s3cret").server.test_client()
    assert client.get("/fr/data").status_code == 403
    assert client.get("/fr/data", headers={"Ennum-User": "A. Dupont"}).status_code == 403
    assert client.get("/fr/data", headers={"Ennum-Secret": "s3cret"}).status_code == 403
    assert client.get("/fr/").status_code == 200
    by_proxy = {"Ennum-Secret": "s3cret", "Ennum-User": "A. Dupont"}
    page = client.get("/fr/data", headers=by_proxy).get_data(True)
    assert 'name="who"' not in page
    sent = {"token": re.search(r'name="token" value="([^"]+)"', page)[1]}
    drop = {"kind": "winners", "call": "EN2020", "as_of": "2020-06-27", "who": "Z"}
    file = (io.BytesIO(LIST.replace("Désisté", "Lauréat").encode()), "l.csv")
    address = client.post("/fr/data", data={**sent, **drop, "file": file}, headers=by_proxy).headers[
        "Location"
    ]
    (draft,) = Drafts(schools.project).all()
    assert (draft.owner, draft.who) == ("A. Dupont", "A. Dupont")
    page = client.get(address, headers=by_proxy).get_data(True)
    answers = dict.fromkeys(re.findall(r'type="radio" name="(answer-[^"]+)"', page), "leave")
    client.post(address, data=sent | answers, headers=by_proxy)
    client.post(address, data=sent | {"write": "1", "who": "Z"}, headers=by_proxy)
    entry = entries(schools.project)[-1]
    assert (entry.who, entry.known_by) == ("A. Dupont", "proxy")


def test_two_stewards_who_write_at_once_lose_nothing(steward, monkeypatch):
    other = Steward(steward.project)
    for each, call, who in ((steward, "EN2020", "A. Dupont"), (other, "EN2019", "B. Martin")):
        each.drop(LIST.replace("Désisté", "Lauréat"), f"{call}.csv", call=call, who=who)
        each.post(**dict.fromkeys(each.questions, "leave"))
    plans = imports.plan_import

    def planned_before_the_other_writes(*arguments):
        plan = plans(*arguments)
        monkeypatch.setattr(imports, "plan_import", plans)
        other.post(write="1", who="B. Martin")
        return plan

    monkeypatch.setattr(imports, "plan_import", planned_before_the_other_writes)
    steward.post(write="1", who="A. Dupont")
    assert steward.status == 422
    assert "ont changé" in steward.words
    assert 'name="write"' in steward.page  # read again, with its answers
    steward.post(write="1", who="A. Dupont")
    assert [entry.who for entry in changes(steward.project)[1:]] == ["B. Martin", "A. Dupont"]
    lists = (steward.project.raw / "rows" / "lists.csv").read_text("utf-8")
    assert "EN2019-winners" in lists
    assert "EN2020-winners" in lists
    assert Drafts(steward.project).all() == []


def ended_steps(project):
    """Steps of each kind that ended: their names."""
    files = {"folder": "2020-06-27", "files": {"fr/press-kit.docx": [1, 1]}}
    right = {"programme": "ecole_numerique", "call": "EN2020", "rows": "3", "text": "Vu"}
    ended = {
        "publish-1": {"store": "b", "before": "a"}, "kit-2": files,
        "notice-3": {**files, "since": "2020-01-31", "wrong": 1, "newer": 2},
        "weigh-4": {"name": "complete_lists", "rows": [right], "findings": [], "lines": ["Couverture", " 1 → 2"]},
        "kit-5": {"error": "Une différence n’est pas expliquée."},
    }  # fmt: skip
    for name, answer_of_step in ended.items():
        folder = Drafts(project).folder / "steps" / name
        folder.mkdir(parents=True)
        (folder / "answer.json").write_text(json.dumps(answer_of_step))
    return [*ended]


def test_axe_finds_nothing_in_any_state_and_the_whole_way_is_gone_by_keyboard(steward, browser, monkeypatch):
    """A browser whose questions are answered by the application itself: no server is needed."""
    page = browser.new_page(viewport={"width": 390, "height": 844})

    def answer(route):
        asked = route.request
        headers = {name: text for name, text in asked.all_headers().items() if name != "cookie"}
        kept = steward.client.open(
            asked.url.partition("localhost")[2], method=asked.method, headers=headers,
            data=asked.post_data_buffer, follow_redirects=True,
        )  # fmt: skip
        sent = {
            name: text for name, text in kept.headers.items() if name != "Refresh"
        }  # it would not stand still
        route.fulfill(status=kept.status_code, headers=sent, body=kept.get_data())

    def press_on(name):
        page.get_by_role("button", name=name, exact=True).last.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")

    page.route("**/*", answer)
    page.goto("http://localhost/fr/data")
    assert violations(page) == []
    steward.drop(LIST.replace("104;30,00", "104;beaucoup"))  # of a file, no interception gives the content
    page.goto(f"http://localhost{steward.address}")
    assert violations(page) == []
    page.get_by_label("Les laisser").first.focus()
    page.keyboard.press("Space")
    page.get_by_label("Ce qui y est écrit").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("30,00")
    press_on("Relire ces lignes")  # the button below one part loses no answer of another
    assert violations(page) == []
    page.get_by_label("Votre nom").focus()
    page.keyboard.type("A. Dupont")
    press_on("Écrire dans les tables")
    page.get_by_role("link", name=entries(steward.project)[-1].number).click()
    assert violations(page) == []
    ended = ended_steps(steward.project)
    waiting = Drafts(steward.project).folder / "steps" / "kit-6"
    waiting.mkdir()
    (waiting / "progress.json").write_text(json.dumps([3, 6, "Word"]))
    held = (waiting / "lock").open("w")
    assert lock(held.fileno())
    monkeypatch.setattr(steps, "PATIENCE_S", 0.1)
    shown = ("correct?q=budget+EN2018", f"correct/{NUMBER}", "decide", "register")
    for path in (*shown, *(f"step/{name}" for name in (*ended, "kit-6"))):
        page.goto(f"http://localhost/fr/data/{path}")
        assert violations(page) == [], path
        assert page.locator("h1").count() == 1, path
    held.close()
    steward.drop("Bez.;Ort\nEcole;Namur\n", "fremd.csv")
    for path in ("", "/site/2?q=Saint-Aubin"):  # columns to be chosen, and a school looked up
        page.goto(f"http://localhost{steward.address}{path}")
        assert violations(page) == [], path


def test_a_sender_has_titles_of_its_own_which_are_chosen_once(steward):
    theirs = "Code;Wat;Beslag\n101;A-1;10,00\n102;A-2;20,00\n"
    steward.drop(theirs, "theirs.csv")
    assert "Aucune colonne de ce formulaire" in steward.words
    assert "Beslag" in steward.words  # as it stands there, to choose from
    chosen = {"Code": "implantation", "Wat": "project", "Beslag": "amount_eur"}
    fields = {f"answer-column:{title}": key for title, key in chosen.items()}
    steward.post(
        **fields, sender="Bureau de Huy", **{"of-remember-titles": "1", "answer-remember-titles": "1"}
    )
    assert "prises\u00a0: 2" in steward.words
    steward.post(**(fields | {"answer-column:Wat": "none"}))
    assert "Colonnes laissées de côté\u00a0: Wat" in steward.words
    steward.post(**fields)
    steward.post(write="1", who="A. Dupont")
    titles = (steward.project.raw / "rows" / "column_titles.csv").read_text("utf-8")
    assert titles.count("Bureau de Huy,winners") == 3
    assert titles.count("A. Dupont") == 3
    steward.drop(theirs.replace("101", "104"), "again.csv", call="EN2019", sender="Bureau de Huy")
    assert "prises\u00a0: 2" in steward.words
    assert 'name="write"' in steward.page


def test_a_step_whose_process_cannot_start_says_so(schools, monkeypatch):
    def refused(*_arguments, **_options):
        raise OSError

    monkeypatch.setattr(subprocess, "Popen", refused)
    step = steps.begun(schools.project, "fr", "publish")
    with pytest.raises(DraftRefused, match=r"n’a pas pu commencer.*Rien n’a été écrit"):
        step.result  # noqa: B018
