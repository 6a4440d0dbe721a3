"""The examples of what analysts call run, and give what they show."""

import doctest
import inspect
import io
from contextlib import redirect_stdout
from decimal import Decimal
from functools import partial

import pytest

import ennum_stats

LIBRARIES = ("unumpy",)
"""Of examples that show another library beside ours."""


def examples():
    """The examples of each public name, and of the methods of public classes."""
    of = {}
    for owner in (ennum_stats, *(getattr(ennum_stats, name) for name in ennum_stats.__all__)):
        kinds = [kind for kind in getattr(owner, "__mro__", ()) if kind.__module__.startswith("ennum_stats")]
        members = [member for kind in kinds for member in vars(kind).values()]
        for thing in (owner, *members):
            documented = getattr(thing, "fget", None) or getattr(thing, "__func__", thing)
            if inspect.isroutine(documented) or documented is owner:
                of[id(documented)] = (
                    documented,
                    doctest.DocTestParser().get_examples(inspect.getdoc(documented) or ""),
                )
    return [(thing, example) for thing, shown in of.values() for example in shown]


@pytest.mark.filterwarnings("ignore::ennum_stats.NothingCollected")
def test_every_example_runs(project, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {name: getattr(ennum_stats, name) for name in ennum_stats.__all__}
    names |= {"open": partial(ennum_stats.open, project.root), "Decimal": Decimal, "ennum_stats": ennum_stats}
    monkeypatch.setattr(ennum_stats, "open", names["open"], raising=False)
    names["store"] = names["open"](known_at="2026-11-24")
    run, wrong = 0, []
    for thing, example in examples():
        if not any(library in example.source for library in LIBRARIES):
            shown = io.StringIO()
            with redirect_stdout(shown):
                exec(compile(example.source, getattr(thing, "__qualname__", ""), "single"), names)  # noqa: S102
            run += 1
            if example.want and example.want.split() != shown.getvalue().split():
                wrong.append((example.source, example.want, shown.getvalue()))
    assert wrong == []
    assert run > 35
