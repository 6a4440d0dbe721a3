"""The house's look as a template of Plotly, and charts of the catalogue as figures to work with."""

import re
import subprocess
import sys

import plotly.express as px
import pytest

from ennum_stats.charts import chart
from ennum_stats.drawing import live_figure
from ennum_stats.drawing.theme import LIGHT

FIRST = """
import sys, ennum_stats
dir(ennum_stats)
assert not {"pandas", "plotly", "duckdb", "babel"} & set(sys.modules), sorted(sys.modules)
import plotly.io
assert "ennum" in plotly.io.templates
"""
LATER = """
import plotly.io
plotly.io.templates
import ennum_stats
assert "ennum-nl" in plotly.io.templates
"""


@pytest.mark.parametrize("code", [FIRST, LATER])
def test_plotly_knows_the_template_whichever_is_imported_first(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "separators"), [("ennum", ",\u202f"), ("ennum-de", ",."), ("ennum-nl", ",."), ("ennum-en", ".,")]
)
def test_own_charts_have_fonts_colours_and_numbers_of_the_house(name, separators):
    drawn = px.bar(x=["EN1", "EN2"], y=[28, 72], color=["a", "b"], template=name)
    layout = drawn.layout.template.layout
    assert "Source Sans Pro" in layout.font.family
    assert drawn.data[0].marker.color == LIGHT.accents["cyberecole"]
    assert layout.separators == separators
    assert layout.yaxis.exponentformat == "none"


@pytest.mark.parametrize("name", ["winners_per_call", "coverage_by_programme", "cumulated_investment"])
def test_a_chart_is_as_wide_as_its_place_and_zooms(kit_ledger, name):
    drawn = live_figure(chart(kit_ledger, name, "nl"))
    assert drawn.layout.width is None
    assert drawn.layout.template.layout.separators == ",."
    assert not drawn.layout.xaxis.fixedrange
    assert not drawn.layout.yaxis.fixedrange


def test_a_chart_in_a_mail_asks_nothing_of_a_network(kit_ledger):
    page = live_figure(chart(kit_ledger, "winners_per_call", "fr")).to_html()
    assert not re.findall("<script[^>]*src=|<link |<img ", page)
    assert "sendChartToCloud" in page
