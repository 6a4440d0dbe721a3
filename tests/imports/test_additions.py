"""Numbers from a frame go the road of every import: previewed, checked, written with an entry. They are invented."""

import pandas as pd
import polars as pl
import pytest

from ennum_stats.imports import ImportRefused, add
from ennum_stats.raw.history import entries
from tests.imports.conftest import rows_of

DOCUMENT = {
    "title": "Résultat inventé de l’appel EN2021", "publisher": "SPW", "kind": "official",
    "published_on": "2022-06-15", "retrieved_on": "2022-06-16", "locator": "page 3",
}  # fmt: skip
NUMBERS = {
    "measure": ["projects_awarded", "projects_introduced"], "call": ["EN2021", "EN2021"],
    "territory": ["wallonia"] * 2, "counted": ["projects"] * 2, "value": [512, 951], "unit": ["projects"] * 2,
    "stage": ["awarded", None], "programme": ["ecole_numerique"] * 2,
}  # fmt: skip


def test_a_frame_is_previewed_and_written_with_who(copied):
    addition = add(copied, DOCUMENT, pd.DataFrame(NUMBERS))
    seen = addition.preview("en")
    assert list(seen["rows"]["value"]) == ["512", "951"]
    assert seen["refused"].empty
    assert {"en2021_projects", "en2021_selection_rate"} <= set(seen["figures"]["name"])
    assert "512" in " ".join(seen["sentences"]["text"])
    addition.commit(who="A. Martin")
    last = entries(copied)[-1]
    assert (last.who, last.way, last.kind) == ("A. Martin", "python", "import observations")
    written = rows_of(
        next((copied.raw / "observations").glob("spw*.csv"), copied.raw / "observations" / "published.csv")
    )
    assert {"512", "951"} <= {row["value"] for row in written if row["call"] == "EN2021"}


def test_nothing_is_written_while_a_row_is_refused(copied, raw_bytes):
    before = raw_bytes()
    addition = add(copied, DOCUMENT, pl.DataFrame(NUMBERS | {"value": ["512", "many"]}), frame="polars")
    assert addition.preview("en")["refused"]["value"].to_list() == ["many"]
    with pytest.raises(ImportRefused, match="Rows that are refused: 1"):
        addition.commit(who="A. Martin")
    assert raw_bytes() == before
