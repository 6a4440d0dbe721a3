"""What a worker counts of its own work, for whoever watches the service: answers by their code, the seconds that they
took, its memory, the store that it shows. Nothing of who asked, or for what."""

from __future__ import annotations

import os
import time
from collections import Counter
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from flask import Response, g

from dashboards.served_store import PublishedStore
from ennum_stats.raw.embargo import now

OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8"


class Meter:
    """Count the answers of a worker. Each worker has its own, and is named in what it tells: who asks again may be
    answered by another."""

    def __init__(self) -> None:
        self._answers: Counter[int] = Counter()
        self._seconds = 0.0

    def begin(self) -> None:
        """Begin to measure an answer."""
        g.begun = time.perf_counter()

    def end(self, answer: Response) -> Response:
        """Count an answer."""
        self._answers[answer.status_code] += 1
        self._seconds += time.perf_counter() - g.get("begun", time.perf_counter())
        return answer

    def open_metrics(self, store: PublishedStore) -> str:
        """Write all that is counted as OpenMetrics."""
        worker = f'worker="{os.getpid()}"'
        samples: list[tuple[str, str, list[tuple[str, float]]]] = [
            (
                "answers",
                "counter",
                [(f'_total{{{worker},code="{c}"}}', n) for c, n in sorted(self._answers.items())],
            ),
            ("answer_seconds", "counter", [(f"_total{{{worker}}}", round(self._seconds, 3))]),
            ("memory_bytes", "gauge", [(f"{{{worker}}}", n) for n in _memory()]),
            ("problem", "gauge", [(f"{{{worker}}}", int(store.problem is not None))]),
        ]
        if edition := store.edition():
            published = edition.published
            age = (now() - datetime.fromisoformat(published.published_at)).total_seconds()
            samples += [
                ("store_age_seconds", "gauge", [(f"{{{worker}}}", round(age))]),
                ("store", "info", [(f'_info{{{worker},store="{published.content_hash[:16]}"}}', 1)]),
            ]
        lines = []
        for name, kind, values in samples:
            lines += [
                f"# TYPE ennum_{name} {kind}",
                *(f"ennum_{name}{suffix} {value}" for suffix, value in values),
            ]
        return "\n".join([*lines, "# EOF\n"])


def _memory() -> list[int]:
    """Read how many bytes of memory this process holds, where the system tells."""
    with suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return [pages * os.sysconf("SC_PAGE_SIZE")]
    return []
