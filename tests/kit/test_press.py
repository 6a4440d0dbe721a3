"""The kit as files: the same bytes each time, written whole or not at all, told by its manifest."""

import hashlib
import json
import re
import zipfile

import pypdf
import pytest
from typer.testing import CliRunner

from ennum_stats.cli import app
from ennum_stats.errors import UsageError
from ennum_stats.kit.inputs import inputs, is_current
from ennum_stats.kit.manifest import sha256
from ennum_stats.kit.placement import require_kit_folder
from ennum_stats.kit.press import KIT_LANGUAGES, _drawn_before, advice, press
from ennum_stats.kit.publisher import read_contacts, read_publisher

TODAY = "2026-11-24"
E_MAIL = re.compile(rb"[\w.+-]+@[\w-]+\.\w{2,}")
TELEPHONE = re.compile(rb"(?<![\d,.])(?:\+32|0\d{1,3})[ ./]\d{2,3}[ ./]\d{2}[ ./]\d{2}(?!\d)")


def test_the_kit_has_all_its_files(kit):
    names = {path.relative_to(kit).as_posix() for path in kit.rglob("*") if path.is_file()}
    ends = ("docx", "pdf", "xlsx", "pptx", "html")
    assert {"MANIFEST.json", "fr/release.docx", *(f"fr/press-kit.{end}" for end in ends)} <= names
    assert len([name for name in names if name.endswith(".svg")]) == 2 * 13  # in print, and on a telephone
    assert len([name for name in names if name.endswith(".png")]) == 2 * 13


def test_twice_from_the_same_store_is_the_same_byte_for_byte(kit, kit_of):
    """Elsewhere, alone or with kits in other languages."""
    again = kit_of(TODAY, KIT_LANGUAGES)
    first, second = (
        {path.relative_to(one): path.read_bytes() for path in (one / "fr").rglob("*") if path.is_file()}
        for one in (kit, again)
    )
    assert len(first) > 30
    assert first.keys() == second.keys()
    assert [str(name) for name in first if first[name] != second[name]] == []
    alone, among = (json.loads((one / "MANIFEST.json").read_text("utf-8")) for one in (kit, again))
    assert alone["editions"]["fr"] == among["editions"]["fr"]


def test_the_manifest_tells_store_code_files_and_figures(kit, ledger_at):
    told = json.loads((kit / "MANIFEST.json").read_text("utf-8"))
    assert list(told["editions"]) == ["fr"]
    edition = told["editions"]["fr"]
    assert edition["content_hash"] == ledger_at(TODAY).content_hash
    assert edition["known_at"] == TODAY
    for path, digest in told["files"].items():
        assert hashlib.sha256((kit / path).read_bytes()).hexdigest() == digest
    files = {path.relative_to(kit).as_posix() for path in kit.rglob("*") if path.is_file()}
    assert set(told["files"]) == files - {"MANIFEST.json"}
    total = edition["figures"]["total_investment"]
    assert total["text"] == "entre 136,6 et 137,7\u00a0millions d’euros"
    assert total["lower"] < total["value"] < total["upper"]
    assert edition["figures"]["staff_cyberclasse"]["value"] is None


def test_a_kit_is_current_until_a_file_is_touched(kit, project, ledger_at, tmp_path):
    ledger = ledger_at(TODAY)
    assert is_current(project, ledger, ("fr",), kit)
    assert not is_current(project, ledger_at("2020-01-31"), ("fr",), kit)
    assert not is_current(project, ledger, ("fr",), tmp_path / "none")
    path = kit / "fr" / "press-kit.xlsx"
    whole = path.read_bytes()
    try:
        path.write_bytes(whole + b" ")
        assert not is_current(project, ledger, ("fr",), kit)
        path.unlink()
        assert not is_current(project, ledger, ("fr",), kit)
    finally:
        path.write_bytes(whole)


def test_nobody_can_be_called_from_the_kit(kit):
    """Without a file of contacts there is no e-mail address and no telephone number in it."""
    assert E_MAIL.findall(b"presse@example.org")
    assert TELEPHONE.findall("tél. 081 23 45 67".encode())
    seen = set()
    for path in kit.rglob("*"):
        if path.suffix in (".docx", ".xlsx", ".pptx"):
            with zipfile.ZipFile(path) as archive:
                parts = [archive.read(n) for n in archive.namelist() if n.endswith((".xml", ".rels"))]
        elif path.suffix == ".pdf":
            parts = [page.extract_text().encode() for page in pypdf.PdfReader(path).pages]
        elif path.suffix in (".svg", ".json", ".html", ".txt"):
            parts = [path.read_bytes()]
        else:
            continue
        seen.add(path.suffix)
        for part in parts:
            assert E_MAIL.findall(part) == []
            assert TELEPHONE.findall(part) == []
    assert seen == {".docx", ".xlsx", ".pptx", ".pdf", ".svg", ".json", ".html", ".txt"}


def test_whoever_makes_the_kit_is_told_how_to_add_contacts(project, ledger_at, built_copy):
    told = [str(one) for one in advice(project, ledger_at(TODAY))]
    assert told[0].startswith("The kit has no page of contacts")
    path = built_copy.path("contacts.csv")
    path.write_text("role,organisation,name,telephone,email\nPresse,SPW,,,\n", "utf-8")
    assert "contacts" not in " ".join(map(str, advice(built_copy.project, ledger_at(TODAY))))


def test_whoever_makes_the_kit_is_told_what_to_load(project, ledger_at, counted_projects, counted):
    told = " ".join(map(str, advice(project, ledger_at(TODAY))))
    for command in ("register FILE", "winners FILE --call EN1", "borders FILE.geojson"):
        assert f"ennum import {command}" in told
    told = " ".join(map(str, advice(counted_projects["dots"], counted.dots)))
    assert "register" not in told
    assert "winners" not in told  # each call that took place has a complete list
    assert "borders FILE.geojson" in told
    assert "borders" not in " ".join(map(str, advice(counted_projects["borders"], counted.borders)))


def test_what_was_left_comes_first_and_advice_is_given_once(built_copy):
    def told(*options):
        given = ("press", "--root", str(built_copy.project.root), *options)
        ended = CliRunner().invoke(app, given)
        assert ended.exit_code == 0, ended.output
        return ended.stdout.splitlines()

    first = told("--known-at", "2020-01-31")
    assert first[0].startswith("Écrit")
    assert any("contacts.csv" in line for line in first[1:])
    edited = built_copy.project.reports / "2020-01-31" / "fr" / "press-kit.docx"
    edited.write_bytes(b"somebody's words")
    again = told("--known-at", "2020-01-31")
    assert "a été modifié par quelqu’un, et reste tel quel" in again[0]
    assert again[1].startswith("Écrit")
    assert "contacts.csv" not in " ".join(again)
    later = told("--known-at", "2020-10-31")
    assert "ennum refresh" in later[0]
    assert "contacts.csv" not in " ".join(later)


def test_contacts_as_french_excel_saves_them(built_copy):
    path = built_copy.path("contacts.csv")
    path.write_text("\ufeffrole;organisation;name;telephone;email\nPresse;AdN;;;\n;;;;\n", "utf-8")
    contacts = read_publisher(built_copy.project).contacts
    assert [contact["organisation"] for contact in contacts] == ["AdN"]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"role,nom\n", "The columns of this table are role,nom"),
        ("role,organisation\nRédaction,\n".encode("latin-1"), "not UTF-8"),
        (b"", "The columns of this table are –"),
    ],
)
def test_contacts_in_another_form_are_refused(built_copy, content, found):
    path = built_copy.path("contacts.csv")
    path.write_bytes(content)
    with pytest.raises(UsageError, match=found) as caught:
        read_contacts(built_copy.project)
    assert str(path) in caught.value.where
    assert caught.value.remedy is not None


def test_a_language_without_text_is_refused(project, ledger_at, tmp_path):
    with pytest.raises(UsageError, match=r"It exists in: .*fr") as caught:
        press(project, ledger_at(TODAY), ("fr", "it"), tmp_path / "kit")
    assert caught.value.exit_code == 2
    assert caught.value.remedy is not None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_something_else_is_not_replaced(tmp_path):
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(UsageError, match="something other than a press kit"):
        require_kit_folder(tmp_path, is_ours=False)


def test_pictures_that_did_not_change_are_taken_from_the_kit_that_is_there(kit, project, ledger_at):
    made_of = inputs(project, ledger_at(TODAY))
    taken = _drawn_before(kit, made_of)
    svgs = sorted((kit / "fr" / "charts").glob("*.svg"))
    for svg in svgs:
        assert taken[sha256(svg.read_bytes())] == svg.with_suffix(".png").read_bytes()
    assert len(taken) == len(svgs)
    assert _drawn_before(kit, made_of | {"code": "another"}) == {}
    assert _drawn_before(kit.parent / "none", made_of) == {}
    svg, whole = svgs[0], svgs[0].read_bytes()
    try:
        svg.write_bytes(whole + b" ")  # recoloured by somebody
        assert len(_drawn_before(kit, made_of)) == len(svgs) - 1
    finally:
        svg.write_bytes(whole)
