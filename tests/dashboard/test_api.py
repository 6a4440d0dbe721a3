"""The API: its description, its answers, paging, several dimensions, and what bad questions get."""

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboards.api.addresses import ADDRESSES
from dashboards.api.description import answer_schema
from dashboards.api.shapes import row_schemas
from ennum_stats.languages import LANGUAGES
from ennum_stats.measures.catalogue import TABLES, measure_rows
from ennum_stats.store.publish import current_store

DOCS = Path(__file__).resolve().parents[2] / "docs" / "api.md"
EXAMPLES = {
    "/api/figures/{name}": "/api/figures/total_investment",
    "/api/measures/{name}": "/api/measures/coverage?by=year",
    "/api/observations/{name}": "/api/observations/press-kit-2020.projects_awarded.EN2019",
    "/api/sources/{name}": "/api/sources/press-kit-2020",
    "/api/changes": "/api/changes?from=2020-01-31&to=2020-10-31",
    "/api/compare": "/api/compare?of=call&what=EN2018~EN2019&measure=winners.projects_awarded",
    "/api/news": "/api/news?figure=total_investment",
}
JSON_ADDRESSES = [one for one in ADDRESSES if one.path != "/api/citation"]


def asked(client, address, code=200):
    answer = client.get(address)
    assert answer.status_code == code, answer.data[:300]
    return answer.get_json()


# --- the description ------------------------------------------------------------------------------


def test_the_description_is_openapi(client):
    from openapi_spec_validator import OpenAPIV31SpecValidator

    told = asked(client, "/api/openapi.json?lang=fr")
    OpenAPIV31SpecValidator(told).validate()
    assert set(told["paths"]) == {one.path for one in ADDRESSES}


WORDS = ("title", "summary", "description")


def without_words(node):
    """A description, of its words only where they stand and that they are texts."""
    if isinstance(node, dict):
        texts = {name for name in WORDS if isinstance(node.get(name), str)}
        return {name: "" if name in texts else without_words(value) for name, value in node.items()}
    return [without_words(one) for one in node] if isinstance(node, list) else node


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "fr"])
def test_the_description_is_the_same_in_every_language_but_for_its_words(client, language):
    french, other = (asked(client, f"/api/openapi.json?lang={code}") for code in ("fr", language))
    assert without_words(other) == without_words(french)
    assert other != french


@pytest.mark.parametrize("one", JSON_ADDRESSES, ids=lambda one: one.path)
def test_every_answer_has_the_shape_that_is_described(client, project, one):
    import jsonschema  # reads a grammar for seconds: not where tests are only collected

    told = asked(client, EXAMPLES.get(one.path, one.path))
    validator = jsonschema.Draft202012Validator
    components = {"components": {"schemas": row_schemas("en")}}
    jsonschema.validate(told, answer_schema(one) | components, cls=validator)
    assert told["store"] == current_store(project).content_hash
    assert not one.is_list or told["items"] or one.path == "/api/releases"  # test_feeds.py has some


@pytest.mark.parametrize("name", [one for one, table in TABLES.items() if not table.is_site_by_site])
def test_rows_of_every_measure_are_as_its_columns_are_declared(client, name):
    import jsonschema

    told = asked(client, "/api/openapi.json?lang=fr")["components"]["schemas"][f"row_of_{name}"]
    for by in TABLES[name].by:
        for row in asked(client, f"/api/measures/{name}?by={by}")["items"]:
            jsonschema.validate(row, told, cls=jsonschema.Draft202012Validator)
            assert set(row) - {"unit", "precision"} <= set(told["properties"])


def test_every_parameter_that_is_described_is_understood(client):
    told = asked(client, "/api/openapi.json")["paths"]["/api/observations"]["get"]["parameters"]
    names = [one["name"] for one in told if one["in"] == "query"]
    assert {"known_at", "lang", "limit", "offset", "call", "measure", "source"} <= set(names)
    value = {"lang": "fr", "known_at": "2020", "limit": "1", "offset": "0", "status": "A"}
    value |= {"measure": "projects_awarded"}
    for name in names:
        asked(client, f"/api/observations?{name}={value.get(name, 'x')}")


def test_the_index_is_json_for_programs_and_a_page_for_people(client):
    told = asked(client, "/api/")
    assert [one["path"] for one in told["addresses"]] == [one.path for one in ADDRESSES]
    page = client.get("/api/", headers={"Accept": "text/html", "Accept-Language": "nl"})
    assert page.content_type.startswith("text/html")
    text = page.get_data(as_text=True)
    assert '<html lang="nl">' in text
    shown = re.findall(r'href="(/api/[^"]*)"', text)
    assert len(shown) == len(ADDRESSES) + 1
    for address in shown:
        assert client.get(address.replace("&amp;", "&")).status_code == 200
    assert asked(client, "/api/") == told  # what was asked first is not kept for the other


# --- answers --------------------------------------------------------------------------------------


def test_day_and_store_stand_in_the_headers_too(client, project):
    answer = client.get("/api/figures/total_investment?known_at=2020-01")
    assert answer.headers["Ennum-Known-At"] == "2020-01-31"
    assert answer.headers["Ennum-Store"] == current_store(project).content_hash
    assert answer.headers["Last-Modified"].endswith("GMT")
    again = client.get(
        "/api/figures/total_investment?known_at=2020-01", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_pages_of_items_make_up_the_whole(client):
    whole = asked(client, "/api/observations?programme=cyberclasse")
    assert whole["next"] is None
    found, address = [], "/api/observations?programme=cyberclasse&limit=7"
    while address:
        told = asked(client, address)
        assert told["total"] == whole["total"]
        assert len(told["items"]) <= 7
        found += told["items"]
        address = told["next"]
    assert found == whole["items"]


@pytest.mark.parametrize("asked_by", ["call,school_year", "call&by=school_year", "school_year~call"])
def test_several_dimensions_are_asked_in_any_way(client, asked_by):
    told = asked(client, f"/api/measures/winners?by={asked_by}&known_at=2020-01-31")
    # The press kit, graph 1: the sixth call, of the school year 2018-2019, awarded 503 projects.
    [row] = [one for one in told["items"] if one["call"] == "EN2019"]
    assert (row["school_year"], row["projects_awarded"]) == ("2018-2019", 503)


def test_rows_tell_the_dimensions_that_their_measure_declares(ledger_at):
    for table in TABLES.values():
        for by in table.by:
            rows = measure_rows(ledger_at("2026-11-24"), table.name, by)
            assert set(table.dimensions_by(by)) <= set(rows.columns), (table.name, by)


def test_rows_are_filtered_by_their_dimensions(client):
    told = asked(client, "/api/measures/winners?by=call&call=EN2018,EN2019&known_at=2020-01-31")
    assert [row["projects_awarded"] for row in told["items"]] == [326, 503]
    every = asked(client, "/api/measures/coverage?by=programme")["items"]
    some = asked(client, "/api/measures/coverage?by=programme&programme=cyberclasse")["items"]
    assert some == [row for row in every if row["programme"] == "cyberclasse"]
    counted = asked(client, "/api/measures/coverage?by=year&programme=ecole_numerique")["items"]
    assert counted == asked(client, "/api/measures/coverage?by=year")["items"]


def test_two_calls_are_compared_as_their_numbers_are(client):
    # The press kit: 326 projects of EN2018, 503 of EN2019, 177 more.
    address = "/api/compare?of=call&what=EN2018,EN2019&measure=winners.projects_awarded"
    base, other = asked(client, f"{address}&known_at=2020-01-31")["items"]
    assert (base["value"], other["value"], other["difference"]) == (326, 503, 177)
    assert (base["base"], other["order"]) == (True, "more")
    days = "/api/compare?of=day&what=2020-01-31,2020-10-31&measure=total_investment"
    assert len(asked(client, days)["items"]) == 2


def test_each_citation_is_in_its_form(client):
    form = "/api/citation?of=figure/total_investment&known_at=2020-01-31&form="
    assert client.get(f"{form}bibtex").data.startswith(b"@misc{ennum-figure-total_investment-2020-01-31,")
    [item] = client.get(f"{form}csl").get_json()
    assert item["issued"] == {"date-parts": [[2020, 1, 31]]}
    assert b"2020" in client.get(f"{form}text").data
    for what in ("chart/winners_per_call", "document/press-kit-2020", "page/budgets", "page/"):
        assert client.get(f"/api/citation?of={what}").status_code == 200
    assert client.get("/api/citation?of=page/figure/nothing").status_code == 400


# --- other sites, and the internal server ---------------------------------------------------------


def test_pages_of_other_sites_may_read_what_is_public(client):
    for address in ("/api/figures", "/api/", "/api/openapi.json", "/api/figures/nothing"):
        headers = client.get(address, headers={"Origin": "https://example.org"}).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    page = client.get("/fr/", headers={"Origin": "https://example.org"})
    assert "Access-Control-Allow-Origin" not in page.headers
    assert "Access-Control-Allow-Origin" not in client.get("/health").headers


def test_no_other_site_reads_the_internal_server(inside):
    answer = inside.get("/api/calls", headers={"Origin": "https://example.org"})
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.get_json()["audience"] == "internal"
    assert inside.get("/api/news").get_json()["items"] == []


# --- what bad questions get -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "code", "parameter"),
    [
        ("/api/observations?limit=0", 400, "limit"),
        ("/api/observations?limit=1001", 400, "limit"),
        ("/api/observations?limit=-1", 400, "limit"),
        ("/api/observations?limit=²", 400, "limit"),
        ("/api/observations?offset=9999999999999999999999", 400, "offset"),
        ("/api/observations?measure=nothing", 400, "measure"),
        ("/api/observations/nothing", 404, "name"),
        ("/api/figures/nothing", 404, "name"),
        ("/api/measures/nothing", 404, "name"),
        ("/api/measures/winners?levels=nothing", 400, None),
        ("/api/figures?known_at=yesterday", 400, "known_at"),
        ("/api/figures?lang=xx", 400, "lang"),
        ("/api/figures?until=2020", 400, None),
        ("/api/figures?lang=fr&lang=de", 400, "lang"),
        ("/api/figures?known_at=2020-02-30", 400, "known_at"),
        ("/api/measures/budgets?by=call,year", 400, None),
        ("/api/measures/winners?by=call&province=hainaut", 400, "province"),
        ("/api/measures/winners?by=nothing", 400, "by"),
        ("/api/changes", 400, "from"),
        ("/api/changes?from=2022&to=2020", 400, "from"),
        ("/api/sources/" + "x" * 300, 404, "name"),
        ("/api/compare?of=call&what=EN2018&measure=winners.projects_awarded", 400, None),
        ("/api/compare?of=call&what=EN2018,XX&measure=winners.projects_awarded", 400, None),
        ("/api/compare?of=day&what=2020,yesterday&measure=total_investment", 400, "what"),
        ("/api/compare?of=moons&what=a,b&measure=x", 400, "of"),
        ("/api/citation", 400, "of"),
        ("/api/citation?of=figure/nothing", 400, None),
        ("/api/citation?of=figure/total_investment&form=ris", 400, "form"),
        ("/api/news?subject=nothing", 400, "subject"),
        ("/api/nothing", 404, None),
    ],
)
def test_a_bad_question_is_told_in_a_sentence_where_it_is_bad(client, address, code, parameter):
    answer = client.get(address)
    assert answer.status_code == code
    assert answer.content_type == "application/problem+json"
    told = answer.get_json()
    assert told["status"] == code
    assert told["parameter"] == parameter
    assert told["title"].endswith(".")
    assert b"Traceback" not in answer.data


def test_a_problem_is_told_in_the_language_asked_for(client):
    told = asked(client, "/api/figures/nothing?lang=de", 404)
    assert "gibt es nicht" in told["title"]


# --- the documentation ----------------------------------------------------------------------------


def examples():
    pattern = r"<!-- example -->\n```console\n\$ curl '([^']+)'\n```\n```json\n(.*?)\n```"
    return re.findall(pattern, DOCS.read_text("utf-8"), re.DOTALL)


def is_in(part, whole):
    """Whether everything that a part of an answer says is said by the whole one."""
    if isinstance(part, dict):
        return all(name in whole and is_in(value, whole[name]) for name, value in part.items())
    if isinstance(part, list):
        return len(part) == len(whole) and all(map(is_in, part, whole))
    return part == whole


@pytest.mark.parametrize(("address", "told"), examples(), ids=lambda value: value[:60])
def test_the_examples_of_the_documentation_answer_as_they_say(client, address, told):
    url = urlsplit(address)
    answer = client.get(f"{url.path}?{url.query}").get_json()
    wanted = json.loads(told)
    assert is_in(json.loads(json.dumps(wanted).replace("\\u00a0", " ")),
                 json.loads(json.dumps(answer).replace("\\u00a0", " ")))  # fmt: skip
    assert parse_qs(url.query)


def test_the_documentation_names_every_address(client):
    text = DOCS.read_text("utf-8")
    assert len(examples()) >= 4
    for one in ADDRESSES:
        assert one.path.partition("{")[0].rstrip("/") in text, one.path
