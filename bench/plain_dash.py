"""The charts of the overview as plain Dash shows them: what ours is measured beside."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.timing import ROOT

CHARTS = ("winners_per_call", "budget_by_programme")


@contextmanager
def serving(root: Path) -> Iterator[int]:
    """Serves them in a process of its own, on the port that is given."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    line = [sys.executable, "-m", "bench.plain_dash", str(root), str(port)]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(line, cwd=ROOT, stdout=quiet, stderr=quiet)
    try:
        for _ in range(300):
            try:
                http.client.HTTPConnection("127.0.0.1", port, timeout=5).connect()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(15)


def main(root: str, port: str) -> None:
    """Serve the charts with Dash as its documentation says, compressed by nobody."""
    from dash import Dash, dcc, html

    from ennum_stats.charts import LIGHT, chart, figure_dict
    from ennum_stats.charts.theme import Size
    from ennum_stats.project import Project
    from ennum_stats.store.ledger import open_ledger

    ledger = open_ledger(Project(Path(root)))
    size = Size("page", 900, 430, 15, 1, 24)
    drawn = [chart(ledger, name, "fr") for name in CHARTS]
    app = Dash(__name__)
    app.layout = html.Main(
        [
            html.Div(
                [html.H2(one.title), dcc.Graph(figure=figure_dict(one, size, LIGHT, framed=False))],
                className="plain",
            )
            for one in drawn
        ],
        id="plain",
    )
    app.run(host="127.0.0.1", port=int(port), debug=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
