"""What bad input gets: a list that is refused in one sentence or row by row, while what was loaded before
stays byte for byte as it was. Every file is made here."""

import zipfile

import openpyxl
import pytest

from ennum_stats.imports import FileRefused, ImportOptions, apply, plan_import
from ennum_stats.languages import translate

HEADER = ["N° FASE", "Montant"]


def workbook(folder, name="lauréats.xlsx", rows=((101, "1,00"),)):
    book = openpyxl.Workbook()
    for row in (HEADER, *rows):
        book.active.append(row)
    path = folder / name
    book.save(path)
    return path


def with_part(path, name, content=b"x"):
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


def with_rows(path, rows):
    """The workbook with more rows, as XML, in its first sheet."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("</sheetData>", f"{rows}</sheetData>").encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def in_excel(folder):
    path = workbook(folder)
    (folder / f"~${path.name}").write_bytes(b"\x06Someone")
    return path


def with_password(folder):
    path = folder / "lauréats.xlsx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    return path


def wrong_total(folder):
    return workbook(folder, rows=((101, "1,00"), (102, "2,00"), ("Total", "4,00")))


def csv_of(folder, text):
    path = folder / "lauréats.csv"
    path.write_text(text, "utf-8")
    return path


REFUSED = {
    "zip bomb": (
        lambda f: with_part(workbook(f), "xl/worksheets/sheet9.xml", b" " * 50_000_000),
        "Aucun programme Office",
    ),
    "macros": (lambda f: with_part(workbook(f), "xl/vbaProject.bin"), "macros"),
    "macro suffix": (lambda f: workbook(f).rename(f / "lauréats.xlsm"), "macros"),
    "external links": (
        lambda f: with_part(workbook(f), "xl/externalLinks/externalLink1.xml"),
        "liaisons externes",
    ),
    "password": (with_password, "mot de passe"),
    "open": (in_excel, "encore ouvert dans Excel"),
    "wrong total": (wrong_total, "ligne 4"),
    "no columns": (lambda f: csv_of(f, "a;b\n1;2\n"), "30 premières lignes"),
}


def planned(schools, path):
    options = ImportOptions(call="EN2020", as_of="2020-06-27")
    return plan_import("winners", path, schools.project, options, looks_ahead=False)


@pytest.fixture
def loaded(schools):
    """Five sites and an award in the tables."""
    path = csv_of(schools.project.root, "FASE;Montant;N° projet\n104;5,00;EN20-1\n")
    apply(planned(schools, path))
    path.unlink()
    return schools


def rows_of(schools):
    return {path.name: path.read_bytes() for path in schools.path("rows").iterdir()}


@pytest.mark.parametrize("made", REFUSED)
def test_a_file_is_refused_in_one_sentence(loaded, tmp_path, made):
    make, words = REFUSED[made]
    before = rows_of(loaded)
    with pytest.raises(FileRefused) as caught:
        planned(loaded, make(tmp_path))
    sentence = translate(caught.value.found, "fr")
    assert words in sentence
    assert sentence.count(".") <= 2  # one sentence, which may name a suffix
    assert caught.value.remedy is not None
    assert rows_of(loaded) == before


@pytest.mark.parametrize("made", ["zip bomb", "macros", "macro suffix", "external links", "open"])
def test_a_register_is_refused_like_a_list(loaded, tmp_path, made):
    make, words = REFUSED[made]
    before = rows_of(loaded)
    with pytest.raises(FileRefused) as caught:
        plan_import("register", make(tmp_path), loaded.project, ImportOptions(as_of="2020"))
    assert words in translate(caught.value.found, "fr")
    assert rows_of(loaded) == before


def test_rows_are_refused_one_by_one_and_only_the_others_are_written(loaded, tmp_path):
    path = workbook(
        tmp_path,
        rows=(
            (101, "10,00"),
            (105, "10,00"),  # Brussels
            (777, "10,00"),  # of another Community, or of no register
            (101, "10,00"),  # the same award twice
            (102, "=A2*2"),  # a formula that nothing has computed
            ("#N/A", "10,00"),
            (104, "6,00"),  # there already, with a number of its project
        ),
    )
    before = rows_of(loaded)
    plan = planned(loaded, path)
    assert rows_of(loaded) == before
    assert plan.taken == (2,)
    told = {refusal.row: translate(refusal.reason, "fr") for refusal in plan.refused}
    assert told[3] == "105 est une école de Bruxelles, pas de Wallonie."
    assert told[4].startswith("Le registre fwb-2019 n’a pas d’implantation 777")
    assert told[5].startswith("La même attribution est déjà à la ligne 2")
    assert told[6].startswith("Une formule se trouve ici au lieu d’une valeur")
    assert told[7] == "Excel affiche une erreur ici."
    assert told[8].startswith("Cette implantation a déjà une attribution de cet appel")
    apply(plan)
    after = rows_of(loaded)
    for name, data in before.items():
        assert after[name].startswith(data)
    awards = after["participations.csv"].decode().splitlines()
    assert [line.split(",")[0] for line in awards[1:]] == ["EN2020.awarded.104.en20-1", "EN2020.awarded.101"]


def test_a_site_that_the_register_of_the_year_does_not_have(loaded, tmp_path):
    later = tmp_path / "register.csv"
    later.write_text(
        "N° FASE de l'établissement;Nom de l'établissement;Type d'enseignement;Réseau;"
        "N° FASE de l'implantation;Commune de l'implantation\n"
        "21;École nouvelle;Primaire ordinaire;WBE;201;Huy\n",
        "utf-8",
    )
    apply(plan_import("register", later, loaded.project, ImportOptions(as_of="2022")))
    before = rows_of(loaded)
    plan = planned(loaded, csv_of(tmp_path, "FASE;Montant\n201;1,00\n"))
    assert "fwb-2019" in translate(plan.refused[0].reason, "fr")
    assert "site_links.csv" in translate(plan.refused[0].reason, "fr")
    assert (plan.contents, rows_of(loaded)) == ({}, before)


def test_a_hundred_thousand_empty_rows_are_no_rows(loaded, tmp_path):
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(3, 100_003))
    path = with_rows(workbook(tmp_path), empty)
    plan = planned(loaded, path)
    assert (plan.rows_read, plan.taken) == (1, (2,))
    path = csv_of(tmp_path, "FASE;Montant\n101;1,00\n" + ";\n" * 100_000)
    plan = planned(loaded, path)
    assert (plan.rows_read, plan.taken) == (1, (2,))


def test_what_stands_below_many_empty_rows_is_read(loaded, tmp_path):
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(3, 40_000))
    last = '<row r="40000"><c r="A40000"><v>102</v></c></row>'
    below = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(40_001, 41_000))
    path = with_rows(workbook(tmp_path), empty + last + below)
    plan = planned(loaded, path)
    assert plan.taken == (2, 40_000)


@pytest.mark.parametrize("line", ['"10\n1";Bouge;1,00', '101;Bouge;"1,\n00"'])
def test_a_line_break_in_a_number_refuses_a_csv(loaded, tmp_path, line):
    before = rows_of(loaded)
    with pytest.raises(FileRefused, match="In row 2, a line break"):
        planned(loaded, csv_of(tmp_path, f"FASE;École;Montant\n{line}\n102;;2,00\n"))
    assert rows_of(loaded) == before


def test_a_line_break_in_a_name_is_kept(loaded, tmp_path):
    plan = planned(loaded, csv_of(tmp_path, 'FASE;École;Montant\n101;"École\nannexe";1,00\n'))
    assert plan.taken == (2,)
