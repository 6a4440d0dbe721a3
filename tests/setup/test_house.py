"""Rules of the house that no linter knows: one name means one thing, and a docstring begins with what is done."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(path for folder in ("ennum_stats", "dashboards") for path in (ROOT / folder).rglob("*.py"))
NO_VERBS = frozenset(
    [
        "A", "All", "An", "As", "Both", "Each", "How", "In", "Its", "No", "Nothing", "Of", "One", "Only",
        "That", "The", "Their", "Those", "Two", "What", "Where", "Whether", "Which",
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def trees():
    """The modules of the product as syntax."""
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8")) for path in FILES}


def test_no_class_name_stands_for_two_things(trees):
    places = defaultdict(list)
    for file, tree in trees.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                places[node.name].append(file)
    assert {name: files for name, files in places.items() if len(files) > 1} == {}


def test_docstrings_of_functions_and_classes_begin_with_a_verb(trees):
    others = []
    for file, tree in trees.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or is_property(
                node
            ):
                continue
            words = (ast.get_docstring(node) or "").split()
            if words and words[0].strip(".,:;") in NO_VERBS:
                others.append(f"{file}:{node.lineno}: {' '.join(words[:6])}")
    assert others == []


def is_property(node):
    return any("property" in ast.unparse(decorator) for decorator in node.decorator_list)


NO_NAMES = frozenset(("asked", "beside", "found", "kin", "made", "one", "said", "theirs", "told"))
"""Words that stood for whatever was at hand."""
PUBLIC = {"asked", "beside", "found", "made"}
"""Fields that people, other modules and files know by these names: errors, findings, the manifest, the journal."""
STILL_TO_COME = tuple(
    f"ennum_stats/{name}"
    for name in ("charts/", "figures/", "measures/", "publication/shared_views.py", "store/", "wording/")
)


def test_a_variable_is_named_by_what_it_holds(trees):
    others = []
    for file, tree in trees.items():
        nodes = [*ast.walk(tree)]
        fields = {node.target for node in nodes if isinstance(node, ast.AnnAssign)}
        for node in nodes if not file.startswith(STILL_TO_COME) else ():
            name, known = "", set()
            match node:
                case ast.Name(id=name, ctx=ast.Store()):
                    known = PUBLIC if node in fields else set()
                case ast.arg(arg=name):
                    known = PUBLIC | {"one"}  # "one" and "many" of plurals
            if name in NO_NAMES - known:
                others.append(f"{file}:{node.lineno}: {name}")
    assert others == []
