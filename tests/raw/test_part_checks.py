"""What one document says of a part and of its whole; documents that contradict each other are no fault."""

import pytest

PUBLISHED = "observations/published.csv"
AWARDED = "rtl-belga-2020-06.projects_awarded.EN2020"


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
