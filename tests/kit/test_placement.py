"""What people do in the folder of a kit, and what the next kit does with it: nothing of theirs is lost."""

import json
import os
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ennum_stats.errors import OutputInUse
from ennum_stats.files import journal
from ennum_stats.files.journal import FolderInUse, writing
from ennum_stats.kit.manifest import MANIFEST, Manifest, sha256
from ennum_stats.kit.placement import is_open, put_in_place, remarks_on

DAY = "2026-11-26"
NAMES = ("press-kit.docx", "press-kit.pdf", "charts/a.svg", "charts/b.svg")
LANGUAGES = ("fr", "de")
PLACES = [
    *(f"{language}/{name}" for language in LANGUAGES for name in NAMES),
    f"fr/press-kit ({DAY}).docx", f"fr/press-kit ({DAY}, 2).docx", f"fr/charts/a ({DAY}).svg",
    "fr/press-kit-PC-de-Marie.docx", "fr/press-kit.changed.docx", "notes.txt", "fr/~$ess-kit.docx",
    "MANIFEST-PC-de-Marie.json", MANIFEST,
]  # fmt: skip


def pressed(target: Path, languages=("fr",), version=1, names=NAMES, store="0" * 64, made=None) -> None:
    """A kit of a few words in the place of a real one."""
    folder = made or target.with_name(f"made-{threading.get_ident()}")
    for language in languages:
        for name in names:
            path = folder / language / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{language} {name} version {version}", "utf-8")
    editions = {language: {"content_hash": store} for language in languages}
    put_in_place(folder, target, editions, DAY)
    if folder.exists():
        for path in sorted(folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        folder.rmdir()


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_changed_file_stays_and_the_new_one_stands_beside_it(tmp_path):
    target = tmp_path / DAY
    pressed(target)
    mine = target / "fr" / "press-kit.docx"
    mine.write_text("our sentences", "utf-8")
    for version in (2, 3, 4):
        pressed(target, version=version)
        held = contents(target)
        assert held["fr/press-kit.docx"] == "our sentences"
        assert held[f"fr/press-kit ({DAY}).docx"] == f"fr press-kit.docx version {version}"
        assert held["fr/press-kit.pdf"] == f"fr press-kit.pdf version {version}"
        assert len(held) == 6
    (told,) = remarks_on(target, ["fr"], "fr")
    assert str(told) == (
        "“fr/press-kit.docx” was changed by somebody, and stays as it is. "
        f"The new one: “fr/press-kit ({DAY}).docx”."
    )


def test_who_changes_the_one_beside_it_too_keeps_both(tmp_path):
    target = tmp_path / DAY
    pressed(target)
    for version, name in enumerate(("press-kit.docx", f"press-kit ({DAY}).docx"), 2):
        (target / "fr" / name).write_text(f"mine {version}", "utf-8")
        pressed(target, version=version)
    held = contents(target / "fr")
    assert held["press-kit.docx"] == "mine 2"
    assert held[f"press-kit ({DAY}).docx"] == "mine 3"
    assert held[f"press-kit ({DAY}, 2).docx"] == "fr press-kit.docx version 3"


def test_a_name_is_free_again_once_people_took_their_file_away(tmp_path):
    target = tmp_path / DAY
    pressed(target)
    mine = target / "fr" / "press-kit.docx"
    mine.write_text("our sentences", "utf-8")
    pressed(target, version=2)
    made_of = {"content_hash": "0" * 64}
    assert Manifest.of(target).is_current(target, "fr", made_of)
    mine.rename(tmp_path / "sent.docx")
    assert not Manifest.of(target).is_current(target, "fr", made_of)
    pressed(target, version=2)
    assert contents(target / "fr").keys() == {*NAMES}
    assert Manifest.of(target).is_current(target, "fr", made_of)


@pytest.mark.parametrize("lock", ["~$ess-kit.docx", "~$press-kit.docx", ".~lock.press-kit.docx#"])
def test_an_open_file_stays_until_it_is_closed(tmp_path, lock):
    target = tmp_path / DAY
    pressed(target)
    (target / "fr" / lock).write_text("Marie", "utf-8")
    pressed(target, version=2)
    held = contents(target / "fr")
    assert held["press-kit.docx"] == "fr press-kit.docx version 1"
    assert held[f"press-kit ({DAY}).docx"] == "fr press-kit.docx version 2"
    assert "is open or protected" in str(remarks_on(target, ["fr"], "fr")[0])
    assert not Manifest.of(target).is_current(target, "fr", {})
    (target / "fr" / lock).unlink()
    pressed(target, version=2)
    assert contents(target / "fr")["press-kit.docx"] == "fr press-kit.docx version 2"
    assert contents(target / "fr").keys() == {*NAMES}


def test_a_file_that_windows_has_locked_counts_as_open(tmp_path, monkeypatch):
    path = tmp_path / "press-kit.pdf"
    path.write_bytes(b"%PDF")
    assert not is_open(path)

    def refuse(*_):
        raise PermissionError(13, "used by another process")

    monkeypatch.setattr(Path, "open", refuse)
    assert is_open(path)


def test_a_language_made_earlier_stays_and_its_age_is_told(tmp_path):
    target = tmp_path / DAY
    pressed(target, ("de",), store="a" * 64)
    pressed(target, ("fr",), 2, store="b" * 64)
    held = contents(target)
    assert held["de/press-kit.docx"] == "de press-kit.docx version 1"
    assert Manifest.of(target).is_current(target, "de", {"content_hash": "a" * 64})
    (told,) = remarks_on(target, ["fr"], "fr")
    assert told.values == {"languages": "de", "options": "--lang de"}
    pressed(target, LANGUAGES, 2, store="b" * 64)
    one_by_one = contents(target)
    pressed(tmp_path / "both", LANGUAGES, 2, store="b" * 64)
    assert one_by_one == contents(tmp_path / "both")


def test_a_kit_made_before_manifests_told_languages_is_known_as_ours(tmp_path):
    target = tmp_path / DAY
    (target / "fr").mkdir(parents=True)
    (target / "fr" / "press-kit.docx").write_text("ours", "utf-8")
    (target / "fr" / "press-kit.pdf").write_text("ours, changed", "utf-8")
    files = dict.fromkeys(("fr/press-kit.docx", "fr/press-kit.pdf"), sha256(b"ours"))
    (target / MANIFEST).write_text(json.dumps({"languages": ["fr"], "files": files}))
    pressed(target, version=2)
    held = contents(target / "fr")
    assert held["press-kit.docx"] == "fr press-kit.docx version 2"
    assert held["press-kit.pdf"] == "ours, changed"


def test_a_chart_that_is_drawn_no_more_goes_unless_somebody_changed_it(tmp_path):
    target = tmp_path / DAY
    pressed(target)
    (target / "fr" / "charts" / "b.svg").write_text("recoloured", "utf-8")
    pressed(target, version=2, names=NAMES[:2])
    assert contents(target / "fr" / "charts") == {"b.svg": "recoloured"}


def test_where_one_file_cannot_be_replaced_the_old_kit_is_whole(tmp_path, monkeypatch):
    target = tmp_path / DAY
    pressed(target)
    before = contents(target)
    replace = Path.replace

    def refuse(path, to):
        if to.name == "press-kit.pdf" and "change-1" in path.name:
            raise PermissionError(13, "in use", str(to))
        return replace(path, to)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputInUse):
        pressed(target, version=2)
    assert contents(target) == before


def test_another_command_that_makes_a_kit_is_told_as_such(tmp_path, monkeypatch):
    monkeypatch.setattr(journal, "PATIENCE_S", 0)
    target = tmp_path / DAY
    pressed(target)
    with writing(tmp_path), pytest.raises(FolderInUse, match="has been writing"):
        pressed(target, version=2)
    assert contents(target)["fr/press-kit.docx"] == "fr press-kit.docx version 1"


def test_one_command_at_a_time_puts_its_files_in_place(tmp_path):
    target = tmp_path / DAY
    pressed(target)
    with writing(tmp_path):
        other = threading.Thread(target=pressed, args=(target, LANGUAGES, 2))
        other.start()
        other.join(0.3)
        assert other.is_alive()
    other.join()
    assert contents(target)["de/press-kit.docx"] == "de press-kit.docx version 2"


people = st.one_of(
    st.tuples(st.just("writes"), st.sampled_from(PLACES)),
    st.tuples(st.just("deletes"), st.sampled_from(PLACES)),
    st.tuples(st.just("copies"), st.sampled_from(PLACES), st.sampled_from(PLACES)),
    st.tuples(st.just("links"), st.sampled_from(PLACES)),
)
program = st.tuples(
    st.just("presses"),
    st.sets(st.sampled_from(LANGUAGES), min_size=1).map(tuple),
    st.integers(0, 2),
    st.integers(1, len(NAMES)),
)


LINKED = f"fr/{Path(NAMES[0]).stem} ({DAY}){Path(NAMES[0]).suffix}"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.one_of(people, program, program), min_size=2, max_size=14))
@example(
    [("writes", f"fr/{NAMES[0]}"), ("presses", ("fr",), 0, 1), ("links", LINKED), ("presses", ("fr",), 1, 1)]
)
def test_whatever_people_do_nothing_of_theirs_is_lost(tmp_path_factory, done):
    target = tmp_path_factory.mktemp("reports") / DAY
    pressed(target)
    theirs: dict[str, bytes] = {}
    for number, (what, *more) in enumerate(done):
        if what == "presses":
            languages, version, many = more
            pressed(target, languages, version, NAMES[:many])
            told = Manifest.of(target)
            for name in [f"{language}/{name}" for language in languages for name in NAMES[:many]]:
                words = "{} {} version {}".format(*name.split("/", 1), version)
                (place, *_) = [ours for ours, of in told.beside.items() if of == name] or [name]
                assert (target / place).read_text("utf-8") == words
        else:
            _people(target, theirs, number, what, *more)
        for name, data in theirs.items():
            if name != MANIFEST:
                assert (target / name).read_bytes() == data, name
        if MANIFEST in theirs:  # the program writes its own there, and keeps theirs beside it
            held = [path.read_bytes() for path in target.glob("MANIFEST*.json")]
            assert theirs[MANIFEST] in held


def _people(target, theirs, number, what, place, other=""):
    path = target / place
    path.parent.mkdir(parents=True, exist_ok=True)
    match what:
        case "writes":
            _gone(path)
            path.write_bytes(data := f"by hand {number}".encode())
            theirs[place] = data
        case "deletes":
            _gone(path)
            theirs.pop(place, None)
        case "copies" if path.is_file() and other != MANIFEST:
            copy = target / other
            data = path.read_bytes()
            copy.parent.mkdir(parents=True, exist_ok=True)
            _gone(copy)
            copy.write_bytes(data)
            theirs.pop(other, None)
            if place in theirs:  # what the program made may be made again
                theirs[other] = data
        case "links" if path.is_file() and place != MANIFEST:
            moved = target / f"moved-{number}"
            path.rename(moved)
            path.symlink_to(moved)
            theirs.setdefault(place, moved.read_bytes())
            theirs[moved.name] = moved.read_bytes()


def _gone(path):
    if os.path.lexists(path):
        path.unlink()
