"""What one document says of a part and of its whole; documents that contradict each other are no fault."""

import pytest

KIT, PUBLISHED = "observations/press_kit_2020.csv", "observations/published.csv"
AWARDED = "rtl-belga-2020-06.projects_awarded.EN2020"
INTRODUCED = "rtl-belga-2020-06.projects_introduced.EN2020"


def only(findings):
    assert len(findings) == 1, findings
    return findings[0]


def test_no_document_awards_more_projects_than_were_submitted(raw_copy):
    """RTL: 679 of 955. Exchanged, it would be 955 of 679."""
    raw_copy.cell(PUBLISHED, INTRODUCED, "value", "679")
    line = raw_copy.cell(PUBLISHED, AWARDED, "value", "955")
    assert only(raw_copy.findings()).startswith(
        f"data/raw/{PUBLISHED}:{line}: value: 955 is more for “Winning projects” than the same "
        "document says for “Projects submitted”. In one document, a part is not more than its whole."
    )


def test_all_that_were_submitted_may_win(raw_copy):
    raw_copy.cell(PUBLISHED, AWARDED, "value", "955")
    assert raw_copy.findings() == []


def test_more_than_about_as_many_were_submitted_may_win(raw_copy):
    """“About 900” is read as 850 to 950, and so 950 may have won."""
    raw_copy.cell(PUBLISHED, AWARDED, "value", "950")
    raw_copy.cell(PUBLISHED, INTRODUCED, "value", "900")
    raw_copy.cell(PUBLISHED, INTRODUCED, "step", "100")
    raw_copy.cell(PUBLISHED, INTRODUCED, "precision", "about")
    assert raw_copy.findings() == []


def test_no_document_installs_more_sites_than_were_selected(raw_copy):
    """The kit: 183 of 200, on days of their own."""
    line = raw_copy.cell(KIT, "press-kit-2020.sites_installed.connectivity", "value", "201")
    assert f"{KIT}:{line}: value: 201 is more for" in only(raw_copy.findings())


def test_another_document_may_say_otherwise(raw_copy):
    """The kit gives no projects submitted for EN2018, the press 781: a conflict, no finding."""
    raw_copy.cell(KIT, "press-kit-2020.projects_awarded.EN2018", "value", "800")
    assert raw_copy.findings() == []


@pytest.mark.parametrize(("computers", "found"), [("4", 0), ("5", 1)])
def test_parts_add_up_to_their_whole_at_most(raw_copy, computers, found):
    """Invented: of ten devices six are tablets, so that four are computers, and not five."""
    for component, value in (("", "10"), ("tablets", "6"), ("computers", computers)):
        raw_copy.row(
            PUBLISHED, AWARDED, observation_id=f"invented.{component}", measure="devices_delivered",
            component=component, counted="", unit="devices", value=value,
        )  # fmt: skip
    told = [one for one in raw_copy.findings() if "The parts of this whole (10) exceed it." in one]
    assert len(told) == found


SHARE = "adn-2021-impact.projects_success_share.EN2017_EN2018"


@pytest.mark.parametrize(("value", "unit"), [("120", "percent"), ("1.2", "share")])
def test_a_share_is_not_more_than_the_whole(raw_copy, value, unit):
    raw_copy.cell(PUBLISHED, SHARE, "value", value)
    raw_copy.cell(PUBLISHED, SHARE, "precision", "exact")
    line = raw_copy.cell(PUBLISHED, SHARE, "unit", unit)
    told = f"{PUBLISHED}:{line}: value: A share of {value} is more than the whole."
    assert told in only(raw_copy.findings())


def test_a_growth_may_be_more_than_the_whole(raw_copy):
    raw_copy.cell(PUBLISHED, "batichronique-2018.budget_growth.EN2018", "value", "120")
    assert raw_copy.findings() == []
