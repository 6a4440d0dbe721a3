"""Code lists: an unknown code raises at once; every dimension is known everywhere that follows from it."""

from dataclasses import fields

import pytest

from ennum_stats import vocabulary
from ennum_stats.code_list import CodeList, Labelled
from ennum_stats.errors import UnknownName, UsageError
from ennum_stats.imports.forms import OBSERVATIONS_FORM
from ennum_stats.measures.columns import SHARED_COLUMNS
from ennum_stats.measures.measure_table import OBSERVATION_COLUMNS
from ennum_stats.quantities import Precision, Quantity, Reason
from ennum_stats.raw.tables import KEY_COLUMNS, TABLE_BY_NAME
from ennum_stats.release.schema import OBSERVATIONS
from ennum_stats.store.answers import Observation
from ennum_stats.vocabulary import BREAKDOWNS, DIMENSIONS, PARTS

LISTS = {name: value for name, value in vars(vocabulary).items() if isinstance(value, CodeList)}
ENUMERATIONS = (Precision, Reason, vocabulary.ClaimStatus)


@pytest.mark.parametrize("name", LISTS)
def test_an_unknown_code_raises_at_once_and_names_those_that_are_known(name):
    with pytest.raises(UnknownName, match="“nonsense” is unknown") as error:
        LISTS[name]["nonsense"]
    assert isinstance(error.value, KeyError)
    assert all(code in str(error.value) for code in LISTS[name])
    assert LISTS[name].get("nonsense") is None
    assert "nonsense" not in LISTS[name]


@pytest.mark.parametrize("name", LISTS)
def test_every_entry_stands_under_its_own_code_and_has_words(name):
    for code, entry in LISTS[name].items():
        assert entry.code == code
        assert entry.label or name == "STATUSES"


@pytest.mark.parametrize("enumeration", ENUMERATIONS)
def test_a_member_of_a_closed_list_is_its_code_and_has_a_label(enumeration):
    assert issubclass(enumeration, Labelled)
    for member in enumeration:
        assert member == member.value
        assert enumeration(member.value) is member
        assert str(member.label)
    with pytest.raises(ValueError, match="nonsense"):
        enumeration("nonsense")


def test_a_number_of_an_unknown_unit_raises():
    with pytest.raises(UnknownName, match="parsecs"):
        Quantity.exact(1, "parsecs")


def test_dimensions_are_the_fields_of_a_subject_in_their_order():
    assert list(DIMENSIONS) == [field.name for field in fields(vocabulary.Subject)]
    assert list(DIMENSIONS) == [
        "programme", "call", "territory", "level", "network", "province", "component", "stage",
        "counted",
    ]  # fmt: skip
    assert set(PARTS) < set(BREAKDOWNS) < set(DIMENSIONS)


def test_a_dimension_is_known_wherever_one_is_named(kit_ledger):
    raw = TABLE_BY_NAME["observations"].column_names
    for name, dimension in DIMENSIONS.items():
        assert name in raw
        assert name in KEY_COLUMNS
        assert name in {field.name for field in fields(Observation)}
        assert name in {field.name for field in OBSERVATIONS.fields}
        assert name in OBSERVATION_COLUMNS
        assert OBSERVATIONS_FORM.field(name).choices == name
        assert name not in SHARED_COLUMNS or SHARED_COLUMNS[name].label.text == dimension.label
        for table in dimension.names.split("+"):
            assert table.startswith("codelists.") or table in TABLE_BY_NAME


@pytest.mark.parametrize("ask", ["answer", "select"])
def test_an_unknown_dimension_raises(kit_ledger, ask):
    with pytest.raises(UsageError, match="There is no dimension “planet”"):
        getattr(kit_ledger, ask)("projects_awarded", planet="mars")


def test_codes_of_an_unknown_dimension_raise(kit_ledger):
    with pytest.raises(UnknownName, match="There is no dimension “planet”"):
        kit_ledger.codes("projects_awarded", "planet")
