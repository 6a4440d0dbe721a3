"""The empty forms: lists from the project's own codes, explanations, examples; the same bytes twice."""

import errno
from pathlib import Path

import openpyxl
import pytest

from ennum_stats.errors import OutputInUse, UnknownName
from ennum_stats.imports import plan_import, template
from ennum_stats.imports.destination import Destination
from ennum_stats.imports.forms import FORMS
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.quantities import UNITS, Precision
from ennum_stats.vocabulary import SOURCE_KINDS, STATUSES


@pytest.mark.parametrize(("kind", "language"), [("call", "fr"), ("observations", "nl")])
def test_every_column_is_explained_and_lists_hold_the_projects_codes(kind, language, copied, tmp_path):
    book = openpyxl.load_workbook(template(kind, copied, tmp_path / "form.xlsx", language))
    sheet, guide, lists = book.worksheets
    form = FORMS[kind]
    headings = [translate(field.heading, language) for field in form.fields]
    assert [str(c.value).removesuffix(" *") for c in sheet[3]] == headings
    rules = {
        column: rule
        for rule in sheet.data_validations.dataValidation
        for column in [str(rule.sqref).rstrip("0123456789").split("4:")[0]]
    }
    assert len(rules) == len(form.fields)
    for rule in rules.values():
        assert rule.prompt
        assert len(rule.prompt) <= 255
    assert lists.sheet_state == "hidden"
    columns = {c[0].value: [x.value for x in c[1:] if x.value] for c in lists.columns}
    assert "École Numérique [ecole_numerique]" in columns["liste_programme"]
    words = {
        "fr": ["exact", "arrondi", "environ", "près de"],
        "nl": ["exact", "afgerond", "ongeveer", "bijna"],
    }
    assert columns["liste_precision"][:4] == words[language]
    assert {f"liste_{f.choices}" for f in form.fields if f.choices} == set(columns)
    text = "\n".join(str(row[0].value) for row in guide.iter_rows())
    assert {"fr": "jamais importées", "nl": "nooit geïmporteerd"}[language] in text
    assert f"ennum import {kind}" in text


@pytest.mark.parametrize(("kind", "language"), [("call", "de"), ("observations", "en")])
def test_an_empty_form_gives_nothing_and_its_examples_are_never_imported(kind, language, copied, tmp_path):
    plan = plan_import(kind, template(kind, copied, tmp_path / "form.xlsx", language), copied)
    assert (plan.rows_read, plan.examples, plan.new_rows, plan.changes) == (0, 2, (), ())
    assert plan.ignored_columns == ()


@pytest.mark.parametrize(("kind", "language"), [("call", "nl"), ("observations", "de")])
def test_the_examples_would_be_read_if_they_were_not_examples(kind, language, copied, tmp_path):
    path = template(kind, copied, tmp_path / "form.xlsx", language)
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A4"] = book.worksheets[0]["A5"] = None
    book.save(path)
    plan = plan_import(kind, path, copied)
    reasons = [str(refusal.reason) for refusal in plan.refused]
    # What is invented in the wording of their documents is refused as another content, nothing else.
    assert all("already there" in r or "there already" in r for r in reasons), reasons
    assert plan.rows_read == 2


def test_the_same_project_gives_the_same_bytes(copied, tmp_path):
    one, two = (template("call", copied, tmp_path / name).read_bytes() for name in ("1", "2"))
    assert one == two


def test_there_is_no_other_form(copied, tmp_path):
    with pytest.raises(UnknownName, match="call, observations"):
        template("planets", copied, tmp_path / "form.xlsx")
    with pytest.raises(UnknownName, match="call, observations"):
        plan_import("planets", tmp_path / "form.xlsx", copied)


def test_a_form_that_cannot_be_written_says_so(copied, tmp_path, monkeypatch):
    def replace(_self, target):
        raise PermissionError(errno.EACCES, "Permission denied", str(target))

    monkeypatch.setattr(Path, "replace", replace)  # as Windows does while it is open in Excel
    with pytest.raises(OutputInUse, match="may be open"):
        template("call", copied, tmp_path / "form.xlsx")
    with pytest.raises(IsADirectoryError):
        template("call", copied, tmp_path)


def test_every_code_has_a_name(copied):
    lists = Destination(copied).choices.lists
    codes = {name: {choice.code for choice in entries} for name, entries in lists.items()}
    assert codes["unit"] == set(UNITS)
    assert codes["precision"] == set(Precision)
    assert codes["source_kind"] == set(SOURCE_KINDS)
    assert codes["status"] <= set(STATUSES)
    choices = Destination(copied).choices
    for name, entries in lists.items():  # and each name, of whatever language, is of one code
        for choice in entries:
            for language in LANGUAGES:
                assert choices.code(name, choice.shown(language)) == choice.code, (
                    name,
                    choice.code,
                    language,
                )
