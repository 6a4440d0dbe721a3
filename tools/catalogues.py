"""Which texts of the package lack a translation, and which translations have no text any more.

    python -m tools.catalogues          what is missing, unused or contradictory, by language
    python -m tools.catalogues --write  adds the missing entries to the catalogues, for a translator to fill

An entry goes to the catalogue that has the other texts of its file, or of its folder. What the code writes by
language elsewhere, in a dictionary that has most languages and lacks one, is told with them.

Texts are found where the code declares them: `message("…")`, `translate("…")`,
`translate_plural("…", "…")`, `plural("…", "…")`, strings given to a parameter that a function hands
on to these, and strings given to the fields in `FIELDS`, by name or by their place in a class or
function of the package. A name stands for the strings that it was given in the same function or at
the top of the file. A line that ends in `# no translation` is left out.

Babel reads templates and catalogues and writes the missing entries. It does not extract from Python
here: it sees neither fields nor handed-on parameters (a quarter of the texts), and joins both sides of
`"a" if … else "b"` into one text. Nor does it compare the places of texts in braces.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Formatter

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from ennum_stats import languages
from ennum_stats.languages import LANGUAGES, read_catalogue

PACKAGE = Path(languages.__file__).parent
DASHBOARDS = PACKAGE.parent / "dashboards"
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")
FIELDS = frozenset(
    ("label", "formula", "caveat", "caveats", "meaning", "title", "subtitle", "alt", "description")
)
_SINGULAR_CALLS = frozenset(("message", "Message", "translate"))
_PLURAL_CALLS = frozenset(("plural", "translate_plural"))
_HANDED_ON = "(handed on)"
_OPT_OUT = re.compile(r"#\s*no translation\s*$")

_HEADER = 'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'

Key = str | tuple[str, str]


@dataclass
class Report:
    """Hold what a translator must know; keys are texts, or both forms of one with a plural."""

    missing: dict[str, list[Key]] = field(default_factory=dict)
    unused: dict[str, list[Key]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def declared(package: Path = PACKAGE) -> dict[Key, str]:
    """Find every text that needs a translation, with the file and line where it stands first."""
    return {key: place for key, place in _declared(package).items() if _has_words(key)}


def _declared(package: Path) -> dict[Key, str]:
    """Find the texts of the package, and of the dashboard, whose classes have names of their own."""
    found = _declared_in(package)
    if package == PACKAGE:
        found |= dict(_template_texts()) | _declared_in(DASHBOARDS)
    return found


def _declared_in(folder: Path) -> dict[Key, str]:
    trees = {path: _parsed(path) for path in sorted(folder.rglob("*.py"))}
    places: dict[str, list[str]] = {}
    for tree, _ in trees.values():
        places.update(_text_places(tree))
    found: dict[Key, str] = {}
    for path, (tree, lines) in trees.items():
        shown = path.relative_to(folder.parent).as_posix()
        own = places | {node.name: _parameters(node) for node in _functions(tree)}
        for line, key in _keys(tree, own):
            if not _OPT_OUT.search(lines[line - 1]):
                found.setdefault(key, f"{shown}:{line}")
    return found


def _template_texts() -> Iterator[tuple[Key, str]]:
    """Find the texts of the dashboard's templates, with the file and line where they stand."""
    for path in sorted(DASHBOARDS.rglob("*.html")):
        shown = path.relative_to(DASHBOARDS.parent).as_posix()
        with path.open("rb") as template:
            for line, _, texts, _ in babel_extract(template, ["t"], [], {}):
                text = texts[0] if isinstance(texts, tuple) else texts  # a tuple with values
                if text and _has_words(text):
                    yield text, f"{shown}:{line}"


def report(package: Path = PACKAGE) -> Report:
    """Compare the texts with the catalogues of French, German and Dutch."""
    texts = _declared(package)  # "{a}: {b}" may be translated, but need not be
    result = Report(faults=[*_f_strings(package), *_lacking_a_language(package)])
    for language in TRANSLATED:
        translations: dict[Key, tuple[str, ...]] = {}
        for path in sorted((package / "locale" / language / "LC_MESSAGES").glob("*.po")):
            one = read_catalogue(path)
            entries = {key: (text,) for key, text in one.texts.items()} | dict(one.plurals)
            for key, forms in entries.items():
                where = f"{path.relative_to(package).as_posix()}: {_shown(key)}"
                if translations.setdefault(key, forms) != forms:
                    result.faults.append(f"{where}: translated otherwise in another catalogue")
                result.faults += [f"{where}: {fault}" for fault in _place_faults(key, forms)]
        result.missing[language] = [key for key in texts if key not in translations and _has_words(key)]
        result.unused[language] = [key for key in translations if key not in texts]
    return result


_KINDS = (ast.Call, ast.ClassDef, ast.FunctionDef, ast.comprehension, ast.Assign, ast.Dict)


@cache
def _nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    """List the nodes of a tree of the kinds that are looked for: most others are names, read again and again."""
    return tuple(node for node in ast.walk(tree) if isinstance(node, _KINDS))


@cache
def _parsed(path: Path) -> tuple[ast.Module, list[str]]:
    source = path.read_text(encoding="utf-8")
    return ast.parse(source, str(path)), source.splitlines()


def _f_strings(package: Path) -> Iterator[str]:
    """Find places where a text is put together before it can be translated."""
    for path in sorted(package.rglob("*.py")):
        for node in _nodes(_parsed(path)[0]):
            if not isinstance(node, ast.Call):
                continue
            is_text = _called(node.func) in _SINGULAR_CALLS | _PLURAL_CALLS
            if is_text and any(isinstance(value, ast.JoinedStr) for value in node.args[:2]):
                where = f"{path.relative_to(package.parent).as_posix()}:{node.lineno}"
                yield f"{where}: an f-string cannot be translated; use named places"


def _text_places(tree: ast.Module) -> dict[str, list[str]]:
    """List the fields of each class, and the parameters of each function that takes texts, in order."""
    fields = {
        node.name: [
            statement.target.id
            for statement in node.body
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
        ]
        for node in _nodes(tree)
        if isinstance(node, ast.ClassDef)
    }
    functions = {node.name: _parameters(node) for node in _functions(tree)}
    texts = FIELDS | {_HANDED_ON}
    return fields | {name: names for name, names in functions.items() if texts & set(names)}


def _functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in _nodes(tree) if isinstance(node, ast.FunctionDef)]


@cache
def _parameters(function: ast.FunctionDef) -> list[str]:
    """List the parameters, marked where they are handed on to a call that takes a text."""
    names = [arg.arg for arg in function.args.posonlyargs + function.args.args]
    nodes = _nodes(function)
    members = {
        node.target.id: node.iter.id
        for node in nodes
        if isinstance(node, ast.comprehension)
        and isinstance(node.target, ast.Name)
        and isinstance(node.iter, ast.Name)
    }
    handed = {
        members.get(node.args[0].id, node.args[0].id)
        for node in nodes
        if isinstance(node, ast.Call)
        and _called(node.func) in _SINGULAR_CALLS
        and node.args
        and isinstance(node.args[0], ast.Name)
    }
    return [_HANDED_ON if name in handed else name for name in names if name != "self"]


def _keys(tree: ast.Module, places: dict[str, list[str]]) -> Iterator[tuple[int, Key]]:
    of_module = _constants(tree.body)
    for scope in (tree, *_functions(tree)):
        constants = of_module | _constants(_nodes(scope) if scope is not tree else ())
        for node in _nodes(scope):
            if isinstance(node, ast.Call):
                yield from _keys_of_call(node, places, constants)


def _keys_of_call(
    call: ast.Call, places: dict[str, list[str]], constants: dict[str, ast.expr]
) -> Iterator[tuple[int, Key]]:
    name = _called(call.func)
    if name in _SINGULAR_CALLS:
        yield from _strings(call.args[:1], constants)
    elif name in _PLURAL_CALLS:
        forms = [text for _, text in _strings(call.args[:2], constants)]
        if len(forms) == 2:
            yield call.lineno, (forms[0], forms[1])
    else:
        pairs = [*zip(places.get(name, []), call.args, strict=False)]
        pairs += [(word.arg, word.value) for word in call.keywords if word.arg]
        texts = [value for key, value in pairs if key in FIELDS or key == _HANDED_ON]
        yield from _strings(texts, constants)


def _constants(nodes: Iterable[ast.AST]) -> dict[str, ast.expr]:
    """Collect strings, and tuples of them, to which a name is given."""
    return {
        target.id: node.value
        for node in nodes
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant | ast.Tuple)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _strings(nodes: list[ast.expr], constants: dict[str, ast.expr]) -> Iterator[tuple[int, str]]:
    """Find literal strings, also those with a name, inside a tuple or list, or on a side of an `if`."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.end_lineno or node.lineno, node.value
        elif isinstance(node, ast.Name) and node.id in constants:
            yield from _strings([constants[node.id]], {})
        elif isinstance(node, ast.Tuple | ast.List):
            yield from _strings(node.elts, constants)
        elif isinstance(node, ast.IfExp):
            yield from _strings([node.body, node.orelse], constants)


def _has_words(key: Key) -> bool:
    forms = (key,) if isinstance(key, str) else key
    return any(re.search(r"[^\W\d_]|%|€", re.sub(r"\{[^}]*\}", "", form)) for form in forms)


def _place_faults(key: Key, forms: tuple[str, ...]) -> Iterator[str]:
    expected = _places(key if isinstance(key, str) else key[1])
    for form in forms:
        try:
            found = _places(form)
        except ValueError as error:
            yield f"{form!r}: {error}"
            continue
        if found != expected:
            yield f"has the places {sorted(found)} instead of {sorted(expected)}"


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _lacking_a_language(package: Path) -> Iterator[str]:
    """Find the dictionaries by language that have most languages and lack one."""
    for path in sorted((*package.rglob("*.py"), *(DASHBOARDS.rglob("*.py") if package == PACKAGE else ()))):
        for node in _nodes(_parsed(path)[0]):
            if isinstance(node, ast.Dict):
                codes = {key.value for key in node.keys if isinstance(key, ast.Constant)} & {*LANGUAGES}
                if len(LANGUAGES) > len(codes) > len(LANGUAGES) // 2:
                    lacking = ", ".join(sorted({*LANGUAGES} - codes))
                    yield f"{path.relative_to(package.parent).as_posix()}:{node.lineno}: lacks {lacking}"


def _shown(key: Key) -> str:
    return repr(key if isinstance(key, str) else key[1])


def write_missing(package: Path = PACKAGE) -> None:
    """Add the missing entries, without translations, to the catalogues of each language."""
    places, catalogues = declared(package), package / "locale"
    homes: dict[Key, str] = {
        key: path.name
        for path in sorted((catalogues / TRANSLATED[0]).rglob("*.po"))
        for entries in [read_catalogue(path)]
        for key in entries.texts.keys() | entries.plurals.keys()
    }
    for language, keys in report(package).missing.items():
        added = defaultdict(list)
        for key in keys:
            added[homes.get(key) or _home(places[key].partition(":")[0], places, homes)].append(key)
        for name, new in added.items():
            path = catalogues / language / "LC_MESSAGES" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a+b") as file:
                if file.tell() == 0:
                    file.write(_HEADER.format(language=language).encode())
                file.seek(0)
                there, entries = {entry.id for entry in read_po(file)}, Catalog()
                for key in new:
                    if key not in there:
                        entries.add(key).flags.clear()
                if len(entries):
                    written = io.BytesIO()
                    write_po(written, entries, width=0, omit_header=True)
                    file.write(b"\n" + written.getvalue().rstrip() + b"\n")


def _home(file: str, places: dict[Key, str], homes: dict[Key, str]) -> str:
    """Choose the catalogue that has most of the texts of a file, or of its folder."""
    for beside in (f"{file}:", file.rpartition("/")[0] + "/"):
        used = Counter(
            homes[key] for key, place in places.items() if key in homes and place.startswith(beside)
        )
        if used:
            return used.most_common(1)[0][0]
    return "common.po"


def main() -> int:
    """Print the report; return 1 where a text is missing or a translation is faulty."""
    parser = argparse.ArgumentParser(description="Texts without translation, and the reverse.")
    parser.add_argument("--write", action="store_true", help="add the missing entries, to be filled")
    if parser.parse_args().write:
        write_missing()
    found, texts = report(), declared()
    lines = [f"{fault}\n" for fault in found.faults]
    for code in TRANSLATED:
        lines += [f"{texts[key]}: no {code} for {_shown(key)}\n" for key in found.missing[code]]
        lines += [f"{code}: unused {_shown(key)}\n" for key in found.unused[code]]
    sys.stdout.writelines(lines or [f"All {len(texts)} texts are translated.\n"])
    return 1 if found.faults or any(found.missing.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
