"""Which rows of a list are totals, and what they may be the sum of."""

import csv
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from ennum_stats.imports import FileRefused, ImportOptions, plan_import
from ennum_stats.imports.lists.totals import Totals, says_total
from ennum_stats.imports.spreadsheets.header import MatchedTable
from ennum_stats.imports.spreadsheets.number_parser import ParsedNumber
from ennum_stats.imports.spreadsheets.sheet import ForeignRow, SheetCell
from ennum_stats.raw.communes import communes

REGISTER = Path(__file__).resolve().parents[3] / "shared" / "data" / "school_register_2023.csv"
TOTALS = (
    "Somme", "Total", "TOTAL :", "Totaux", "TOTAL GÉNÉRAL :", "Grand total", "Sous-total",
    "Sous-total province de Namur", "Total commune de Somme-Leuze", "Total : 304 implantations",
    "Total des montants octroyés (€)", "Somme des subsides", "Total Namur", "Sous-total Brabant wallon",
    "Total Hainaut", "Sous-total province de Luxembourg",
)  # fmt: skip
NAMES = (
    "Somme-Leuze", "SOMME-LEUZE", "Total Formation ASBL", "Totalité", "Sommière", "Sous le Bois",
    "Somme École communale", "Total Energies Namur ASBL",
)  # fmt: skip


@pytest.mark.parametrize("text", TOTALS)
def test_a_total_says_so_in_words_that_are_no_name(text):
    assert says_total(SheetCell(text))


@pytest.mark.parametrize("text", NAMES)
def test_a_name_that_begins_like_a_total_is_none(text):
    assert not says_total(SheetCell(text))


def test_no_commune_of_wallonia_is_a_total():
    names = {name for one in communes().walloon for name in (one.name_fr, one.name_nl, one.name_de)}
    assert len(communes().walloon) == 262
    assert [name for name in names if says_total(SheetCell(name))] == []


@pytest.mark.skipif(not REGISTER.is_file(), reason="the register of 2023 is not on this machine")
def test_nothing_in_the_register_of_schools_is_a_total():
    lines = REGISTER.read_text("utf-8").lstrip("\ufeff").splitlines()
    texts = {text for row in csv.DictReader(lines, delimiter=";") for text in row.values()}
    assert len(texts) > 9_000
    assert [text for text in texts if says_total(SheetCell(text))] == []


def planned(schools, path):
    options = ImportOptions(call="EN2020", as_of="2020-06-27")
    return plan_import("winners", path, schools.project, options, looks_ahead=False)


def test_a_school_of_somme_leuze_is_a_row_and_not_a_total(schools, csv_list):
    path = csv_list("FASE;École;Commune;Montant", ";École A;Somme-Leuze;10,00", "101;;;1,00")
    plan = planned(schools, path)
    assert (plan.rows_read, plan.taken, plan.refused_rows) == (2, (3,), (2,))


def test_a_row_that_names_a_commune_beside_the_word_total_is_told(schools, csv_list):
    path = csv_list("FASE;École;Commune;Montant", "101;;;1,00", ";Total;Namur;1,00")
    plan = planned(schools, path)
    assert (plan.taken, plan.refused_rows) == ((2,), (3,))


def hidden_second(path, *rows):
    book = openpyxl.Workbook()
    for row in (("FASE", "Montant"), *rows):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.save(path)
    return path


@pytest.mark.parametrize("total", [4, 6])
def test_a_total_counts_the_hidden_rows_or_leaves_them_out(schools, tmp_path, total):
    path = hidden_second(tmp_path / "a.xlsx", (101, 1), (102, 2), (104, 3), ("TOTAL", total))
    plan = planned(schools, path)
    assert any(f"matches: {total}" in str(remark) for remark in plan.remarks)
    assert (plan.taken, plan.set_aside) == ((2, 4), (3,))


@pytest.mark.parametrize("total", range(9))
def test_a_total_is_the_sum_of_all_rows_of_those_seen_or_of_its_section_else_the_list_is_refused(total):
    """1 + 2 hidden + 3 are 6, without the hidden one 4; under the last title stands 3."""
    header, foot = (ForeignRow(n, (SheetCell(a), SheetCell(b))) for n, a, b in
                    ((1, "FASE", "Montant"), (9, "TOTAL", Decimal(total))))  # fmt: skip
    table = MatchedTable("", header, (), {"implantation": 0, "amount": 1}, ())
    totals = Totals("amount")
    for number, is_certain in ((1, True), (2, False), (3, True)):
        if number == 3:
            totals.begin_section()
        totals.add(ParsedNumber(Decimal(number)), is_certain=is_certain)
    totals.foot(foot, table)
    if total in (6, 4, 3):
        totals.require_matching(table)
        assert [str(remark) for remark in totals.remarks] == [f"The total at the foot matches: {total}."]
    else:
        with pytest.raises(FileRefused, match=f"is {total}, but the rows add up to 6"):
            totals.require_matching(table)


def test_another_total_refuses_the_list(schools, csv_list):
    with pytest.raises(FileRefused, match="add up to 3"):
        planned(schools, csv_list("FASE;Montant", "101;1,00", "102;2,00", "TOTAL;5,00"))


def test_sub_totals_of_provinces_are_no_rows_and_the_total_is_of_all(schools, csv_list):
    path = csv_list(
        "FASE;École;Montant",
        "Brabant wallon;;", "101;;1,00", ";Sous-total Brabant wallon;1,00",
        "Hainaut;;", "102;;2,00", "104;;3,00", ";Sous-total Hainaut;5,00",
        "TOTAL GÉNÉRAL;;6,00",
    )  # fmt: skip
    plan = planned(schools, path)
    assert (plan.taken, plan.refused, plan.questions) == ((3, 6, 7), (), ())
    assert any("matches: 6" in str(remark) for remark in plan.remarks)
