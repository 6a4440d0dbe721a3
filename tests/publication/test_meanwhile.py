"""A kit is drawn while its store is proved, and neither is seen before the proof has passed."""

import sys

import pytest
from typer.testing import CliRunner

from ennum_stats import publication
from ennum_stats.cli import app
from ennum_stats.errors import message
from ennum_stats.project import Audience
from ennum_stats.publication import newest_store, proof
from ennum_stats.publication.products import Product
from ennum_stats.raw.schema import RawTablesRefused
from ennum_stats.store.publish import current_store, is_up_to_date
from tests.conftest import SEEDS

KIT = "observations/press_kit_2020.csv"
EN2018 = "press-kit-2020.projects_awarded.EN2018"
pytestmark = pytest.mark.product


@pytest.fixture
def changed(built_copy):
    """A project of which one number changed since its store was published."""
    built_copy.cell(KIT, EN2018, "value", "504")
    return built_copy.project


@pytest.fixture
def proved_here(monkeypatch):
    """Has a store proved in the process of the test, as where no other can be started: to start one, and to prove
    everything in it, is the matter of the first test alone."""
    if not SEEDS:
        monkeypatch.setattr(sys, "executable", "/bin/false")


def test_what_is_drawn_has_the_new_numbers_and_the_store_is_published_as_a_build_does(changed):
    before = current_store(changed)
    with newest_store(changed, Audience.PUBLIC, None) as store:
        answer = store.opened().answer("projects_awarded", programme="ecole_numerique", call="EN2018")
        assert answer.quantity.value == 504
        store.published()
        assert current_store(changed).content_hash == store.named.content_hash != before.content_hash
    assert is_up_to_date(changed)
    assert (changed.processed / "ennum.duckdb").is_file()
    shared = current_store(changed).shared
    publication.build(changed)
    assert current_store(changed).shared.keys() == shared.keys()


@pytest.mark.usefixtures("proved_here")
def test_a_failure_in_drawing_keeps_no_proved_store_from_being_published(changed):
    with pytest.raises(ZeroDivisionError), newest_store(changed, Audience.PUBLIC, None):
        raise ZeroDivisionError
    assert is_up_to_date(changed)


def test_where_the_process_fails_the_proof_is_made_here(changed, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with newest_store(changed, Audience.PUBLIC, None) as store:
        store.published()
    assert is_up_to_date(changed)


@pytest.mark.usefixtures("proved_here")
def test_of_what_cannot_be_proved_the_rows_are_named_whatever_became_of_what_was_made_of_it(built_copy):
    """57 projects of EN2017 instead of 570, and then 1,724 sites of four calls cannot be."""
    line = built_copy.cell(KIT, EN2018.replace("EN2018", "EN2017"), "value", "57")
    before = current_store(built_copy.project)
    with pytest.raises(RawTablesRefused) as refused, newest_store(built_copy.project, Audience.PUBLIC, None):
        raise ZeroDivisionError
    assert any(found.words("en").startswith(f"data/raw/{KIT}:{line}: ") for found in refused.value.findings)
    assert current_store(built_copy.project) == before


def test_of_what_cannot_be_proved_no_kit_is_seen(changed, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    monkeypatch.setattr(proof, "products", lambda *_: [Product(message("x"), lambda _: 1 / 0)])
    before = current_store(changed)
    result = CliRunner().invoke(app, ["press", "--root", str(changed.root)])
    assert result.exit_code == 1
    assert "ZeroDivisionError" in result.output
    assert current_store(changed) == before
    assert not changed.reports.is_dir() or not [*changed.reports.rglob("*.docx")]


def test_the_process_says_no_of_what_cannot_be_made(changed, monkeypatch, ledger_at):
    """What it asks: all products, in all languages, without looking for rows."""
    assert proof.is_proved(ledger_at("2026-11-24"))
    monkeypatch.setattr(proof, "products", lambda *_: [Product(message("x"), lambda _: 1 / 0)])
    assert not proof.is_proved(ledger_at("2026-11-24"))
