"""What a change would make the project say otherwise is told before it: what is new, and what is gone. The numbers of
EN2021 are invented, those that they contradict are published."""

import pytest

from ennum_stats.imports import ImportOptions, apply, plan_import
from ennum_stats.imports.removal import plan_removal, plan_undo
from ennum_stats.imports.report import preview_lines, preview_record
from ennum_stats.raw.history import entries

RESULT = {
    "Code de l’appel": "EN2021",
    "Titre du document": "Résultat inventé de l’appel EN2021",
    "Éditeur": "SPW",
    "Nature du document": "officiel",
    "Publié le": "15/06/2022",
    "Consulté le": "16/06/2022",
    "Endroit dans le document": "page 3",
    "Projets introduits": 951,
    "Projets attribués": 512,
    "Budget attribué": "6,9 M€",
}


@pytest.fixture
def imported(copied, fill):
    """The preview of a form with the results of EN2021, which is then imported."""
    plan = plan_import("call", fill("call", RESULT), copied, ImportOptions())
    apply(plan)
    return plan


def names(changes, *, gone):
    return {change.name for change in changes if (change.after is None) == gone}


def test_an_undo_shows_as_gone_what_the_import_showed_as_new(copied, imported):
    """Figures, coverage, sentences and contradictions alike: the two sides change places."""
    seen = imported.preview
    figures = {change.name: (change.before, change.after) for change in seen.changes}
    assert {"en2021_projects", "en2021_budget"} <= {
        name for name, (before, _) in figures.items() if before is None
    }
    assert "512" in " ".join(seen.sentences.new)
    assert any("41" in words and "34" in words for words in seen.contradictions.new)

    back = plan_undo(copied, entries(copied)[-1].number).preview
    assert {change.name for change in back.changes} == figures.keys()
    assert names(back.changes, gone=True) == {name for name, (before, _) in figures.items() if before is None}
    assert (back.sentences.new, back.sentences.gone) == (seen.sentences.gone, seen.sentences.new)
    assert (back.contradictions.new, back.contradictions.gone) == (
        seen.contradictions.gone, seen.contradictions.new,
    )  # fmt: skip
    assert [(change.name, change.before, change.after) for change in back.coverage] == [
        (change.name, change.after, change.before) for change in seen.coverage
    ]
    told = "\n".join(preview_lines(back, imported.known_at, "de")).replace("\u00a0", " ")
    assert "Veröffentlichte Zahlen, die nicht mehr da wären" in told
    assert "en2021_projects: 512 Projekte → nicht mehr vorhanden" in told
    assert "Sätze der Pressemappe, die wegfielen:" in told
    record = preview_record(back, "fr")
    assert {change["name"] for change in record["changes"] if change["is_gone"]} == names(
        back.changes, gone=True
    )


@pytest.mark.usefixtures("imported")
def test_a_number_that_is_removed_takes_the_figures_that_rest_on_it_along(copied):
    seen = plan_removal(copied, "observation", ["spw-2022-06-15.projects_awarded.EN2021"], "nl").preview
    assert {"en2021_projects", "en2021_selection_rate"} <= names(seen.changes, gone=True)
