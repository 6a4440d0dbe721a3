"""Days that cannot be, at the import: the row of the workbook is refused, or the file where its own day is
impossible. Schools and lists are invented (données fictives)."""

from datetime import UTC, datetime, timedelta

import pytest

from ennum_stats.errors import UsageError
from ennum_stats.imports import ImportOptions, plan_import

IN_A_YEAR = (datetime.now(UTC) + timedelta(days=366)).date()


def planned(schools, path, kind="winners", as_of="2020-06-27", **options):
    asked = ImportOptions(call="EN2020", as_of=as_of, **options)
    return plan_import(kind, path, schools.project, asked, looks_ahead=False)


def refusals(plan):
    return [(one.row, one.column, str(one.reason)) for one in plan.refused]


def test_an_award_lies_between_the_opening_of_its_call_and_the_day_of_the_list(schools, csv_list):
    """EN2020 opened in January 2020 (a month only); the list is of 27 June 2020."""
    path = csv_list("FASE;Date d’octroi", "101;01/01/2020", "102;31/12/2019", "103;28/06/2020", "104;2020")
    plan = planned(schools, path)
    assert plan.taken == (2, 5)
    assert refusals(plan) == [
        (3, "Date d’octroi", "This day (2019-12-31) is before the call opened (2020-01)."),
        (4, "Date d’octroi", "This day (2020-06-28) is after the list was known (2020-06-27)."),
    ]


def test_a_delivery_does_too(schools, csv_list):
    path = csv_list(
        "N° FASE implantation;Type de matériel;Qté;Date de livraison", "101;Tablettes;12;27/06/2020",
        "102;Tablettes;12;05/02/2021", "103;Tablettes;12;05/02/2010",
    )  # fmt: skip
    plan = planned(schools, path, "deliveries")
    assert plan.taken == (2,)
    assert [(row, reason.split(" is ")[1]) for row, _, reason in refusals(plan)] == [
        (3, "after the list was known (2020-06-27)."),
        (4, "before the call opened (2020-01)."),
    ]


@pytest.mark.parametrize(
    ("as_of", "told"),
    [
        (str(IN_A_YEAR), f"This day ({IN_A_YEAR}) is still to come."),
        (f"{IN_A_YEAR:%d/%m/%Y}", f"This day ({IN_A_YEAR}) is still to come."),
        ("2019-12", "The list was known before its call opened (2020-01)."),
        ("2020-03-03", "These winners were known before their call closed (2020-03-04)."),
    ],
)
def test_a_list_of_a_day_that_cannot_be_is_refused_whole(schools, csv_list, as_of, told):
    with pytest.raises(UsageError) as refused:
        planned(schools, csv_list("FASE;Projet", "101;A"), as_of=as_of)
    assert str(refused.value.found) == told


def test_deliveries_may_be_known_before_the_call_closed(schools, csv_list):
    path = csv_list("N° FASE implantation;Type de matériel;Qté;Date de livraison",
                    "101;Tablettes;12;05/02/2020")  # fmt: skip
    assert planned(schools, path, "deliveries", as_of="2020-03-03").taken == (2,)


def test_a_register_of_a_day_to_come_is_refused(schools, tmp_path):
    with pytest.raises(UsageError, match="is still to come"):
        plan_import("register", tmp_path / "register.csv", schools.project, ImportOptions(as_of="2199"))


@pytest.mark.parametrize("column", ["Publié le", "Consulté le"])
def test_a_document_of_a_day_to_come_is_a_finding_in_its_row(copied, fill, announced, column):
    announced[column] = f"{IN_A_YEAR:%d/%m/%Y}"
    path = fill("call", announced)
    plan = plan_import("call", path, copied)
    (found,) = {one.words("en") for one in plan.findings}
    assert found.startswith(f"{path.name}:6: {column}")
