"""R7: what is far beyond any list is refused in a sentence before it takes time, and no pattern that reads
foreign text takes more than in proportion to its length. Every file is made here."""

import contextlib
import importlib
import os
import pkgutil
import re
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

import ennum_stats.imports
import ennum_stats.raw
from ennum_stats.files.boundary import FileFault
from ennum_stats.imports import plan_import
from ennum_stats.imports.register.borders import Borders
from ennum_stats.imports.register.reader import FEDERATION, read_form, read_register
from ennum_stats.imports.spreadsheets import bounds
from ennum_stats.imports.spreadsheets.bounds import FileRefused, reporting_progress, rows_compared, rows_read
from ennum_stats.imports.spreadsheets.reader import read_file
from ennum_stats.languages import translate

SHEET = "xl/worksheets/sheet1.xml"
START = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>FASE</t></is></c></row>'
)
END = "</sheetData></worksheet>"
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(path, rows="", parts=None):
    """A workbook whose only sheet has these rows, written as XML, below a header."""
    made = path.with_suffix(".made")
    openpyxl.Workbook().save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = (START + rows + END).encode() if name == SHEET else old.read(name)
            new.writestr(name, content)
        for name, content in (parts or {}).items():
            new.writestr(name, content)
    return path


def refused(path, read=read_file):
    with pytest.raises((FileRefused, FileFault)) as caught:
        read(path)
    assert caught.value.remedy is not None
    return translate(caught.value.found, "fr").replace("\u202f", " ").replace("\u00a0", " ")


# --- how much ---------------------------------------------------------------------------------------


def test_a_cell_longer_than_any_is_cut_and_refused(tmp_path):
    for path in (tmp_path / "a.csv", tmp_path / "a.xlsx"):
        if path.suffix == ".csv":
            path.write_text(f"FASE;École\n101;{'a' * 32_767}\n102;{'b' * bounds.LONGEST_CELL}\n", "utf-8")
        else:
            book = openpyxl.Workbook()
            for row in (["FASE", "École"], [101, "a" * 32_767], [102, "b" * bounds.LONGEST_CELL]):
                book.active.append(row)
            book.save(path)
        _, long, longest = (row.cell(1) for row in read_file(path).sheets[0].rows)
        assert len(long.shown) < 100
        assert "32 767 caractères" in translate(long.fault, "fr").replace("\u202f", " ")
        assert longest.fault is None


def test_a_cell_of_a_register_is_no_longer_either(raw_copy, tmp_path):
    titles = [titles[0] for titles in FEDERATION.columns.values()][:9]
    row = ["11", "École du Bois", "Primaire ordinaire", "WBE", "101", "Rue A 1", "5000", "Namur", "Namur"]
    long = [*row[:4], "102", "Rue " + "a" * 32_767, *row[6:]]
    path = tmp_path / "register_2023.csv"
    path.write_text("\n".join(";".join(cells) for cells in (titles, row, long)), "utf-8")
    plan = plan_import("register", path, raw_copy.project)
    (refusal,) = plan.refused
    assert (plan.taken, refusal.row, refusal.key, len(refusal.shown) < 100) == ((2,), 3, "address", True)
    assert "32 771 caractères" in translate(refusal.reason, "fr").replace("\u202f", " ")


@pytest.mark.parametrize("reference", ["SG2", "XFD2", "AAAA2"])
def test_a_cell_beyond_the_last_column_refuses_the_file(tmp_path, reference):
    path = workbook(tmp_path / "a.xlsx", f'<row r="2"><c r="{reference}"><v>1</v></c></row>')
    assert refused(path) == "Ce fichier a plus de 500 colonnes."
    last = workbook(tmp_path / "b.xlsx", '<row r="2"><c r="SF2"><v>1</v></c></row>')
    assert len(read_file(last).sheets[0].rows[1].cells) == 500


def test_cells_that_do_not_say_their_places_are_counted(tmp_path):
    path = workbook(tmp_path / "a.xlsx", "<row>" + "<c><v>1</v></c>" * 501 + "</row>")
    assert refused(path) == "Ce fichier a plus de 500 colonnes."


def test_a_csv_that_is_too_wide_is_refused_and_one_with_empty_cells_is_not(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("FASE;École\n" + ";".join("1" * 501) + "\n")
    assert refused(path) == "Ce fichier a plus de 500 colonnes."
    path.write_text("FASE;École\n101;x" + ";" * 16_384 + "\n")
    assert len(read_file(path).sheets[0].rows) == 2


def test_what_only_has_a_colour_is_not_counted(tmp_path, monkeypatch):
    """Whoever colours whole rows and columns leaves cells without anything: 16,384 in each row."""
    monkeypatch.setattr(bounds, "MOST_ROWS", 10)
    monkeypatch.setattr(bounds, "MOST_CELLS", 10)
    coloured = '<c r="A{0}" s="0"/><c r="XFD{0}" s="0"/><c r="XFC{0}" s="0"></c>'
    rows = "".join(f'<row r="{n}" s="0">{coloured.format(n)}</row>' for n in range(2, 100))
    path = workbook(tmp_path / "a.xlsx", rows + '<row r="100"><c r="B100"><v>7</v></c></row>')
    assert [row.number for row in read_file(path).sheets[0].rows] == [1, 100]


@pytest.mark.parametrize(("bound", "told"), [("MOST_ROWS", "lignes"), ("MOST_CELLS", "cellules")])
def test_more_rows_or_cells_than_any_list_refuse_the_file(tmp_path, monkeypatch, bound, told):
    monkeypatch.setattr(bounds, bound, 20)
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, 30))
    expected = f"Ce fichier a plus de 20 {told}."
    assert refused(workbook(tmp_path / "a.xlsx", rows)) == expected
    (path := tmp_path / "a.csv").write_text("FASE;École\n" + "101;x\n" * 30)
    assert refused(path) == expected
    assert refused(path, lambda file: read_register(file, FEDERATION)) == expected


def renamed(made, path):
    """The same workbook, whose sheet is in a part of another name."""
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(b"worksheets/sheet1", b"worksheets/Liste")
            new.writestr(name.replace("worksheets/sheet1", "worksheets/Liste"), content)
    return path


def test_a_sheet_has_its_bounds_whatever_its_part_is_called(tmp_path, monkeypatch):
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, 30))
    path = renamed(workbook(tmp_path / "a.xlsx", rows), tmp_path / "b.xlsx")
    assert len(read_file(path).sheets[0].rows) == 29
    monkeypatch.setattr(bounds, "MOST_ROWS", 20)
    assert refused(path) == "Ce fichier a plus de 20 lignes."
    wide = workbook(tmp_path / "c.xlsx", '<row r="2"><c r="SG2"><v>1</v></c></row>')
    assert refused(renamed(wide, tmp_path / "d.xlsx")) == "Ce fichier a plus de 500 colonnes."


@pytest.mark.parametrize("target", ["worksheets/sheet1.xml", "elsewhere/sheet1.xml"])
def test_a_sheet_is_a_part_of_its_own_among_the_sheets(tmp_path, target):
    """One part may be named thousands of times, or stand where nobody looked at it."""
    made, path = workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    sheet = b'<sheet name="S2" sheetId="2" r:id="rId99" xmlns:r="' + OFFICE + b'"/></sheets>'
    related = b'<Relationship Id="rId99" Type="' + OFFICE + b'/worksheet" Target="%s"/>'
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(b"</sheets>", sheet)
            end = b"</Relationships>"
            if name == "xl/_rels/workbook.xml.rels":
                content = content.replace(end, related % target.encode() + end)
            new.writestr(name, content)
        if target.startswith("elsewhere"):
            new.writestr(f"xl/{target}", START + END)
    assert refused(path).startswith("Ce classeur est abîmé")


def test_a_line_longer_than_any_row_is_refused(tmp_path):
    (path := tmp_path / "a.csv").write_text("FASE;École\n101;" + "a" * 1_000_001)
    assert refused(path) == "La ligne 2 est plus longue que n’importe quelle ligne d’une liste."


def test_more_sheets_than_any_workbook_has_are_refused(tmp_path):
    parts = {f"xl/worksheets/sheet{n}.xml": START + END for n in range(2, 300)}
    assert refused(workbook(tmp_path / "a.xlsx", parts=parts)).startswith("Ce classeur a 299 feuilles")


@pytest.mark.parametrize("depth", [20_000])
def test_texts_within_texts_are_no_danger(tmp_path, depth):
    deep = "<r>" * depth + "<t>x</t>" + "</r>" * depth
    rows = f'<row r="2"><c r="A2" t="inlineStr"><is>{deep}</is></c></row>'
    shared = {"xl/sharedStrings.xml": f"<sst><si>{deep}</si></sst>"}
    for path in (workbook(tmp_path / "a.xlsx", rows), workbook(tmp_path / "b.xlsx", "", shared)):
        with contextlib.suppress(FileRefused):  # either is right; a crash of the parser is not
            assert len(read_file(path).sheets) == 1


# --- what is no file, or changes --------------------------------------------------------------------

READERS = {
    "list": (read_file, ".csv"),
    "workbook": (read_file, ".xlsx"),
    "register": (lambda path: read_register(path, FEDERATION), ".csv"),
    "mapping": (read_form, ".toml"),
    "borders": (lambda path: Borders().changes(path, None, None), ".geojson"),
}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes and links of this kind")
@pytest.mark.parametrize("reader", READERS)
def test_what_is_no_file_is_refused_and_never_waited_for(tmp_path, reader):
    read, ending = READERS[reader]
    os.mkfifo(pipe := tmp_path / f"pipe{ending}")
    (folder := tmp_path / f"folder{ending}").mkdir()
    (circle := tmp_path / f"circle{ending}").symlink_to(circle)
    (device := tmp_path / f"device{ending}").symlink_to("/dev/zero")
    nothing = tmp_path / f"nothing{ending}"
    said = [refused(path, read) for path in (pipe, folder, circle, device, nothing)]
    assert len(set(said)) == 4  # a pipe and a device are told alike


@pytest.mark.parametrize("change", ["grows", "goes"])
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path, monkeypatch, change):
    path = tmp_path / "a.csv"
    path.write_text("FASE;École\n101;x\n")

    def changing(rows):
        if change == "grows":
            path.write_text("FASE;École\n101;x\n102;y\n")
        else:
            path.unlink()
        return rows

    monkeypatch.setattr("ennum_stats.imports.spreadsheets.bounds.rows_read", changing)
    assert ("changé" if change == "grows" else "fichier") in refused(path)


# --- how far it is ----------------------------------------------------------------------------------


def test_whoever_listens_hears_how_far_reading_is(tmp_path):
    heard = []
    path = tmp_path / "a.csv"
    path.write_text("FASE;École\n" + "101;x\n" * 2_500)
    read_file(path)
    with reporting_progress(heard.append):
        read_file(path)
        assert list(rows_compared(range(1_000))) == list(range(1_000))
    list(rows_read(range(5_000)))
    said = [translate(words, "fr").replace("\u202f", " ") for words in heard]
    assert said == ["1 000 lignes lues…", "2 000 lignes lues…", "1 000 lignes comparées…"]


def test_what_takes_too_long_is_refused_with_how_far_it_came(monkeypatch):
    clock = iter(range(0, 100_000, 100))  # a second hand that moves by 100 a row
    monkeypatch.setattr("ennum_stats.imports.spreadsheets.bounds.monotonic", lambda: next(clock))
    read = []
    with pytest.raises(FileRefused, match=r"3 rows in 400 seconds.*Import it in parts"):
        read.extend(rows_compared(range(1_000)))
    heard = []
    clock = iter(range(0, 100_000, 30))
    with reporting_progress(heard.append), pytest.raises(FileRefused):
        list(rows_read(range(1_000)))
    assert heard[0].values == {"n": 1}  # a slow row is told of, too


# --- patterns ---------------------------------------------------------------------------------------

UNITS = (
    *("a", " ", "0 ", "(", "1", "-", ".", ",", "a@", "a.", " at ", "+32 ", "1,", "/", "://.", "é", "\n", "="),
    *("r = ", "<row ", "<c>", "<c ", "<si>", "<strike ", '"', "entre 1 et ", "a à ", "0475 "),
)
SHORT, LONG, TRIES = 1_024, 8_192, 3
"""Lengths of texts, and how often the long one is looked through at most: what else the machine does delays
one look, a bad pattern each."""
LOOKING = {"match": "match", "fullmatch": "fullmatch"}
"""How a pattern looks at a text; in any other way it begins at every place."""


def patterns():
    """Every pattern of the modules that read foreign text, and how it is used there."""
    found = {}
    for package in (ennum_stats.imports, ennum_stats.raw):
        for entry in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(entry.name)
            source = Path(module.__file__).read_text("utf-8")
            calls = re.findall(r"\b(\w+)\.([a-z]+)\(", source)
            for name, value in vars(module).items():
                ways = {LOOKING.get(way, "search") for called, way in calls if called == name}
                for one in value if isinstance(value, tuple) else (value,):
                    if isinstance(one, re.Pattern):
                        found.setdefault(one, set()).update(ways or {"search"})
            for way, text in re.findall(r'\bre\.([a-z]+)\(\s*r?"((?:[^"\\]|\\.)*)"', source):
                if way != "compile":
                    found.setdefault(re.compile(text), set()).add(LOOKING.get(way, "search"))
    return [
        pytest.param(one, way, id=f"{number}-{way}")
        for number, (one, ways) in enumerate(found.items())
        for way in sorted(ways)
    ]


def spent(pattern, way, text):
    start = time.process_time()
    getattr(pattern, way)(text)
    return time.process_time() - start


@pytest.mark.parametrize(("pattern", "way"), patterns())
def test_no_pattern_takes_more_than_in_proportion(pattern, way):
    """Eight times the text takes eight times as long, and sixty-four times where a pattern looks through it
    again from every place: half of that is far from either."""
    for unit in UNITS:
        for end in ("", "!"):
            texts = [unit * (size // len(unit)) + end for size in (SHORT, LONG)]
            if isinstance(pattern.pattern, bytes):
                texts = [text.encode() for text in texts]
            short = max(spent(pattern, way, texts[0]), 0.001)
            assert any(spent(pattern, way, texts[1]) < 32 * short for _ in range(TRIES)), (
                pattern.pattern,
                unit,
            )
