"""Lists whose meaning is not what their rows say: one trap a workbook, and who truly won is known here.

A trap may end in a question or in a refusal. What may not be: that a school which did not win, or an amount that was
not granted, would be written without a word. Lists without a trap ask nothing. Schools and amounts are invented.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Side

from ennum_stats.imports import KINDS, Destination, FileRefused, ImportOptions, apply, plan_import
from ennum_stats.project import Project
from tests.conftest import copied_project
from tests.imports.conftest import REGISTER

SITES = 30
HEADER = ("N° FASE de l’implantation", "Nom de l’école", "Commune", "N° du projet", "Montant attribué")
NAMES = (
    "Tilleuls", "Aubépines", "Bouleaux", "Charmes", "Érables", "Frênes", "Genêts", "Hêtres", "Iris",
    "Jasmins",
)  # fmt: skip
PLACES = (("Namur", "5000"), ("Huy", "4500"), ("Ath", "7800"))
RED, GREEN, GREY = "FFFF0000", "FF00B050", "FF808080"


def school(number):
    """Name, street, postal code and commune of a site, by its number from 1."""
    place, code = PLACES[(number - 1) // 10]
    return f"École communale des {NAMES[number % 10]}", f"Rue des Champs {number}", code, place


@pytest.fixture(scope="module")
def destination(registered, tmp_path_factory):
    """A project with thirty sites, and an earlier list of ten of them that counts for EN2019."""
    root = copied_project(registered, tmp_path_factory.mktemp("meaning") / "project")
    lines = [REGISTER.splitlines()[0]]
    for number in range(1, SITES + 1):
        name, street, code, place = school(number)
        lines.append(
            f"{600 + number};{name};Primaire ordinaire;Subventionné communal;{200 + number};{street};{code};{place}"
        )
    path = root / "register.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    project = Project(root)
    apply(plan_import("register", path, project, ImportOptions(as_of="2020-01"), looks_ahead=False))
    return Destination(project)


@dataclass
class List:
    """A list to be spoiled: thirty rows of five columns, what stands above them, and who of them truly won."""

    above: list = field(default_factory=lambda: [("Lauréats de l’appel École Numérique 2020",)])
    header: list = field(default_factory=lambda: [*HEADER])
    rows: list = field(default_factory=list)
    below: list = field(default_factory=list)
    sheet: str = "Lauréats"
    file: str = "lauréats EN2020.xlsx"
    lost: set = field(default_factory=set)
    """The numbers of the sites that did not win EN2020."""
    amounts_are_wrong: bool = False
    """Whether the column “Montant attribué”, as it stands, is not what was granted."""
    book_changes: list = field(default_factory=list)
    text: bytes = b""

    def __post_init__(self):
        self.rows = [
            [200 + n, school(n)[0], school(n)[3], f"EN20-{n:03}", 8000 + 10 * (n * 7 % 30)]
            for n in range(1, SITES + 1)
        ]

    def column(self, heading, *values):
        """Adds a column; the last of the values goes on."""
        self.header.append(heading)
        for place, row in enumerate(self.rows):
            row.append(values[min(place, len(values) - 1)])

    @property
    def first(self):
        return len(self.above) + 2

    def all_lost(self):
        self.lost = {row[0] for row in self.rows}

    def lose(self, *places):
        self.lost |= {self.rows[place][0] for place in places}

    def write(self, folder):
        path = folder / self.file
        if self.text:
            path.write_bytes(self.text)
            return path
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = self.sheet
        for row in (*self.above, self.header, *self.rows, *self.below):
            sheet.append(row)
        for change in self.book_changes:
            change(book, sheet)
        book.save(path)
        return path


TRAPS = {}


def trap(function):
    """Names a way to spoil a list."""
    TRAPS[function.__name__] = function
    return function


def titled(name, *lines, sheet=None, file=None):
    """A trap of a title: every row of it is of schools that did not win this call."""

    def spoil(made):
        if lines:
            made.above = [(line,) for line in lines]
        made.sheet = sheet or made.sheet
        made.file = file or made.file
        made.all_lost()

    TRAPS[name] = spoil


titled("refused_by_the_government", "Projets refusés par le Gouvernement wallon")
titled("not_kept_a_working_version", "Dossiers non retenus – version de travail")
titled("provisional_list", "Liste provisoire – sous réserve de l’accord du Gouvernement")
titled("provisional_winners", "Lauréats EN2020 (version provisoire)")
titled("candidates", "Projets candidats EN2020")
titled("who_applied", "Candidats ayant introduit un dossier pour EN2020")
titled("who_came_to_a_meeting", "Inscrits à la séance d’information")
titled("whom_to_call_back", "Écoles à recontacter")
titled("a_list_for_work", "Lauréats EN2020", "Document de travail")
titled("proposals_of_the_jury", "Propositions du jury, appel École Numérique 2020")
titled("second_round", "Lauréats EN2020", "Second tour : dossiers à départager")
titled("call_of_the_year_before", "Lauréats de l’appel École Numérique 2019")
titled("code_of_another_call", "Lauréats EN2019")
titled("year_of_another_call", "Appel à projets 2019 : lauréats")
titled("other_school_years", "Lauréats 2017-2018")
titled("another_programme", "Lauréats Cyberclasse")
titled("winners_of_brussels", "Lauréats EN2020 – Région de Bruxelles-Capitale, écoles francophones invitées")
titled("refused_in_dutch", "Geweigerde projecten EN2020")
titled("refused_in_german", "Abgelehnte Projekte, EN2020")
titled("sheet_of_refused", sheet="Refusés")
titled("sheet_of_another_call", sheet="EN2019")
titled("sheet_of_candidates", "École Numérique 2020", sheet="Candidats")
titled("file_of_another_call", file="lauréats EN2019.xlsx")
titled("file_of_refused", "École Numérique 2020", file="EN2020 refusés (2).xlsx")
titled("file_of_candidates", "École Numérique 2020", file="candidats_EN2020.xlsx", sheet="Feuil1")
titled("file_of_another_year", "École Numérique", file="Laureats 2018 v3.xlsx", sheet="Feuil1")


def decided(name, heading, yes, no):
    """A trap of a column: three rows did not win, and only that column says so."""

    def spoil(made):
        made.column(heading, *(no if place in (3, 11, 12) else yes for place in range(SITES)))
        made.lose(3, 11, 12)

    TRAPS[name] = spoil


decided("situation", "Situation", "Lauréat", "Désisté")
decided("accord_o_n", "Accord", "O", "N")
decided("jury_1_0", "Jury", 1, 0)
decided("decision_in_dutch", "Beslissing", "Geselecteerd", "Geweigerd")
decided("decision_in_german", "Ergebnis", "Bewilligt", "Abgelehnt")
decided("category_a_b", "Catégorie", "A", "B")
decided("a_mark_without_heading", None, "x", None)
decided("a_tick", "OK ?", "✓", None)
decided("round", "Phase", "Clôturé", "Abandon")
decided("edition", "Édition", "2020", "2019")
decided("a_colour_word", "Code couleur", "vert", "rouge")
decided("a_remark_on_some", "Remarque", None, "désistement le 3/5")
decided("a_note_without_heading", None, None, "voir courrier")
decided("withdrawn_on", "Retrait le", None, date(2020, 5, 3))


@trap
def a_title_of_projects_among_which_some_left(made):
    made.column("Intitulé du projet", *(
        f"Projet {n}" + (" (école désistée)" if n == 4 else "") for n in range(SITES)
    ))  # fmt: skip
    made.lose(4)


@trap
def every_row_a_candidate(made):
    made.above = [("École Numérique 2020",)]
    made.column("Étape", "Candidature introduite")
    made.all_lost()


@trap
def sorted_by_score(made):
    made.above = [("École Numérique 2020",)]
    made.column("Score", *(98.5 - 1.5 * n for n in range(SITES)))
    made.lose(*range(20, 30))


def coloured(name, style, *, legend=None):
    def spoil(made):
        def change(_book, sheet):
            for place in (5, 17):
                for cell in sheet[made.first + place]:
                    for attribute, value in style.items():
                        setattr(cell, attribute, value)

        made.book_changes.append(change)
        if legend:
            made.below = [(), (legend,)]
        made.lose(5, 17)

    TRAPS[name] = spoil


coloured("red_rows", {"font": Font(color=RED)})
coloured("red_rows_with_a_legend", {"font": Font(color=RED)}, legend="En rouge : projets non retenus")
coloured("filled_rows", {"fill": PatternFill("solid", fgColor=RED)})
coloured("grey_rows", {"font": Font(color=GREY)})
coloured(
    "rows_of_a_theme_colour", {"fill": PatternFill("solid", fgColor=openpyxl.styles.colors.Color(theme=5))}
)
coloured("italic_rows", {"font": Font(italic=True)})


@trap
def one_coloured_cell(made):
    made.book_changes.append(
        lambda _book, sheet: setattr(sheet.cell(made.first + 8, 2), "fill", PatternFill("solid", fgColor=RED))
    )
    made.lose(8)


@trap
def winners_in_bold(made):
    def change(_book, sheet):
        for place in range(20):
            for cell in sheet[made.first + place]:
                cell.font = Font(bold=True)

    made.book_changes.append(change)
    made.lose(*range(20, 30))


@trap
def colours_of_a_rule(made):
    rule = CellIsRule(operator="lessThan", formula=["8050"], fill=PatternFill("solid", bgColor=RED))
    made.book_changes.append(
        lambda _book, sheet: sheet.conditional_formatting.add(f"E{made.first}:E{made.first + 29}", rule)
    )
    made.lose(*(place for place, row in enumerate(made.rows) if row[4] < 8050))


@trap
def a_note_on_a_cell(made):
    made.book_changes.append(
        lambda _book, sheet: setattr(
            sheet.cell(made.first + 2, 2), "comment", Comment("s’est désisté", "SPW")
        )
    )
    made.lose(2)


@trap
def a_star_behind_a_name(made):
    made.rows[6][1] += " *"
    made.below = [(), ("* sous réserve",)]
    made.lose(6)


@trap
def nothing_granted_to_some(made):
    for place in (1, 9):
        made.rows[place][4] = 0
    made.lose(1, 9)


@trap
def no_amount_for_some(made):
    for place in (1, 9):
        made.rows[place][4] = None
    made.lose(1, 9)


@trap
def a_head_line_of_the_page(made):
    made.book_changes.append(lambda _book, sheet: setattr(sheet.oddHeader.center, "text", "Projets refusés"))
    made.all_lost()


@trap
def without_and_with_vat(made):
    made.header[4] = "Montant TVAC"
    made.column("Montant HTVA", *(row[4] / 1.21 for row in made.rows))
    made.amounts_are_wrong = True


@trap
def two_parts_of_the_money(made):
    made.header[4] = "Montant"
    made.column("Part Région", *(row[4] * 0.8 for row in made.rows))
    made.amounts_are_wrong = True


@trap
def asked_only(made):
    made.header[4] = "Montant demandé"
    made.amounts_are_wrong = True


@trap
def whole_costs_only(made):
    made.header[4] = "Coût total"
    made.amounts_are_wrong = True


@trap
def thousands_of_euros(made):
    made.header[4] = "Montant (en milliers d’euros)"
    for row in made.rows:
        row[4] = row[4] / 1000
    made.amounts_are_wrong = True


@trap
def dollars(made):
    made.amounts_are_wrong = True

    def change(_book, sheet):
        for place in range(SITES):
            sheet.cell(made.first + place, 5).number_format = "[$$-409]#,##0.00"

    made.book_changes.append(change)


@trap
def total_in_the_column_of_projects(made):
    made.below = [(None, None, None, "TOTAL", sum(row[4] for row in made.rows) + 1000)]
    made.amounts_are_wrong = True


@trap
def total_in_a_column_of_its_own(made):
    made.column("Province", "Namur")
    made.below = [(None, None, None, None, sum(row[4] for row in made.rows) + 1000, "Total général")]
    made.amounts_are_wrong = True


@trap
def total_in_the_column_of_numbers(made):
    made.below = [("Total", None, None, None, sum(row[4] for row in made.rows) + 1000)]
    made.amounts_are_wrong = True


def as_text(made, codec, errors="strict"):
    rows = [made.header, *made.rows]
    made.text = "\r\n".join(";".join(map(str, row)) for row in rows).encode(codec, errors)
    made.file = "lauréats EN2020.csv"


@trap
def letters_that_were_lost(made):
    made.rows[3][1] = "École communale des Tilleuls � Namur"
    as_text(made, "utf-8")
    made.amounts_are_wrong = True


@trap
def letters_that_became_question_marks(made):
    as_text(made, "ascii", "replace")
    made.amounts_are_wrong = True


@trap
def letters_that_were_read_twice(made):
    as_text(made, "utf-8")
    made.text = made.text.decode("cp1252", "replace").encode("utf-8")
    made.amounts_are_wrong = True


@trap
def numbers_of_schools(made):
    for row in made.rows:
        row[0] += 400
        row[1] = row[2] = None
    made.all_lost()


@trap
def numbers_of_authorities(made):
    """Of which ten are those of sites by chance."""
    for place, row in enumerate(made.rows):
        row[1] = row[2] = None
        row[0] = row[0] if place < 10 else 3000 + place
    made.all_lost()


@trap
def more_than_were_introduced(made):
    made.header[3] = "N° du dossier"
    made.rows = [[*row[:3], f"EN20-{row[3][-3:]}-{n}", row[4]] for n in range(24) for row in made.rows]
    made.above = [("École Numérique 2020",)]
    made.all_lost()


@trap
def a_second_sheet_of_corrections(made):
    made.book_changes.append(lambda book, _sheet: book.create_sheet("Corrections").append(("229", "désisté")))
    made.lose(28)


# --- those of 29 November ------------------------------------------------------------------------------

titled("a_waiting_list", "Liste d’attente EN2020")
titled("to_be_validated", "Lauréats EN2020 – à valider par le Ministre")
titled("not_winners", "Projets non lauréats")
titled("inadmissible", "Dossiers irrecevables – EN2020")
titled("possible_winners", "Lauréats potentiels EN2020")
titled("a_simulation", "Simulation de répartition budgétaire EN2020")
titled("who_renounced", "Lauréats de l’appel EN2020 ayant renoncé")
titled("provisional_in_dutch", "Voorlopige lijst van laureaten EN2020")
titled("provisional_in_german", "Vorläufige Liste der Gewinner EN2020")
titled("recommended", "Projets recommandés EN2020")
titled("eligible", "Écoles éligibles EN2020")
titled("excluded", "Exclus de l’appel EN2020")
titled("an_old_version", "Lauréats EN2020 (ancienne version)")
titled("two_calls", "Lauréats EN2018 et EN2020, partie EN2018")
titled("sheet_of_cancelled", sheet="Annulés")
titled("sheet_of_a_draft", sheet="Brouillon")
titled("sheet_b", sheet="Liste B")
titled("file_of_a_reserve", file="EN2020 liste de réserve.xlsx", sheet="Feuil1")
titled("file_of_the_next_year", "École Numérique", file="lauréats 2021.xlsx", sheet="Feuil1")
titled("fewer_by_the_title", "Lauréats EN2020 : 20 projets retenus")
decided("closed_without_follow_up", "Statut du dossier", "En ordre", "Clos sans suite")
decided("v_and_x", "Ministre", "V", "X")
decided("a_reason", "Motif", None, "hors délai")
decided("a_day_of_refusal", "Date de refus", None, date(2020, 4, 2))
decided("another_currency", "Devise", "EUR", "USD")
decided("granted_later", "Tranche", 1, 2)
decided("a_question_mark", "Contrôle", "ok", "?")
coloured("underlined_rows", {"font": Font(underline="single")})
coloured("white_letters", {"font": Font(color="FFFFFFFF")})
coloured("struck_rows", {"font": Font(strike=True)})


@trap
def a_score_of_rows_that_are_sorted_by_place(made):
    made.above = [("École Numérique 2020",)]
    made.column("Cote /100", *(40 + n * 37 % 60 for n in range(SITES)))
    made.lose(*(n for n in range(SITES) if 40 + n * 37 % 60 < 60))


@trap
def a_rank_that_goes_on_below_the_winners(made):
    made.above = [("École Numérique 2020",)]
    made.column("Classement", *range(1, SITES + 1))
    made.lose(*range(20, 30))


@trap
def a_word_behind_a_name(made):
    made.rows[4][1] += " (désistée)"
    made.lose(4)


@trap
def a_word_behind_a_project_number(made):
    made.rows[4][3] += " annulé"
    made.lose(4)


@trap
def project_numbers_of_another_call(made):
    for place in (3, 11, 12):
        made.rows[place][3] = f"EN19-{place:03}"
    made.lose(3, 11, 12)


@trap
def a_note_at_the_foot(made):
    made.below = [(), ("N.B. Les projets EN20-003 et EN20-007 ont été retirés depuis.",)]
    made.lose(2, 6)


@trap
def a_legend_at_the_foot(made):
    made.below = [(), ("Les dix derniers projets sont en réserve.",)]
    made.lose(*range(20, 30))


@trap
def a_line_left_blank(made):
    made.above = [("École Numérique 2020",)]
    made.rows.insert(20, [])
    made.lost = {row[0] for row in made.rows[21:]}


@trap
def rows_below_the_total(made):
    made.rows.insert(20, [None, None, None, "Total", sum(row[4] for row in made.rows[:20])])
    made.lost = {row[0] for row in made.rows[21:]}


@trap
def a_total_of_the_winners_alone(made):
    made.below = [(None, None, None, "Total", sum(row[4] for row in made.rows[:20]))]
    made.lose(*range(20, 30))


@trap
def hidden_rows(made):
    made.book_changes.append(
        lambda _book, sheet: setattr(sheet.row_dimensions[made.first + 8], "hidden", True)
    )
    made.lose(8)


@trap
def a_hidden_column_that_decides(made):
    made.column("Commentaire", *("ok" if place != 7 else "refus" for place in range(SITES)))
    made.book_changes.append(lambda _book, sheet: setattr(sheet.column_dimensions["F"], "hidden", True))
    made.lose(7)


@trap
def a_foot_of_the_page(made):
    made.book_changes.append(lambda _book, sheet: setattr(sheet.oddFooter.left, "text", "Dossiers refusés"))
    made.all_lost()


def another_sheet(name, title, rows, amount=0):
    """A trap of a further sheet with the same columns: its rows did not win."""

    def spoil(made):
        own = [[*row[:4], row[4] + amount] for row in (made.rows if amount else made.rows[20:])]
        made.lost = set() if amount else {row[0] for row in own}
        made.rows = made.rows if amount else made.rows[:20]
        made.amounts_are_wrong = bool(amount)

        def change(book, _sheet):
            sheet = book.create_sheet(title)
            for row in (*rows, made.header, *own):
                sheet.append(row)

        made.book_changes.append(change)

    TRAPS[name] = spoil


another_sheet("a_sheet_of_the_reserve", "Réserve", ())
another_sheet("a_sheet_of_candidates_beside", "Candidats", ())
another_sheet("a_sheet_of_another_call_beside", "EN2019", ())
another_sheet("a_further_sheet_with_a_title_against", "Feuil2", [("Projets refusés",)])
another_sheet("two_states_on_two_sheets", "Version 2", (), amount=7)


def money(name, heading):
    def spoil(made):
        made.header[4] = heading
        made.amounts_are_wrong = True

    TRAPS[name] = spoil


money("proposed_money", "Montant proposé")
money("estimated_money", "Montant estimé")
money("a_ceiling", "Plafond du subside")


@trap
def amounts_as_shares(made):
    made.amounts_are_wrong = True
    made.book_changes.append(lambda _book, sheet: [
        setattr(sheet.cell(made.first + place, 5), "number_format", "0.0 %") for place in range(SITES)
    ])  # fmt: skip


# --- a second hundred, in three languages: those that were taken, and others of their kinds ------------------

GERMAN = [
    "FASE-Nummer der Niederlassung",
    "Name der Schule",
    "Gemeinde",
    "Projektnummer",
    "Bewilligter Betrag",
]
DUTCH = [
    "FASE-nummer van de vestiging",
    "Naam van de school",
    "Gemeente",
    "Projectnummer",
    "Toegekend bedrag",
]
titled("not_followed_up", "Écoles dont la candidature n’a pas été suivie d’effet")
titled("received", "Dossiers reçus au 15 mars 2020")
titled("under_way", "Projets en cours d’analyse")
titled("applications_in_german", "Bewerbungen für École Numérique 2020")
titled("applications_in_dutch", "Ingediende kandidaturen")
titled("not_kept_in_dutch", "Niet weerhouden dossiers EN2020")
titled("another_call_in_short", "Lauréats EN19")
titled("another_call_by_its_order", "Laureaten van de zesde oproep")
decided("stand_in_dutch", "Stand", "Toegekend", "Geweigerd")
decided("status_in_german", "Status", "Gefördert", "Zurückgezogen")
decided("signed_or_not", "Convention signée", True, False)
coloured("hatched_rows", {"fill": PatternFill("gray125")})
coloured("blackened_rows", {"fill": PatternFill("solid", fgColor="FF000000")})
money("asked_in_german", "Beantragter Betrag")
money("asked_in_dutch", "Gevraagd bedrag")
money("in_francs", "Montant attribué (BEF)")


def amount_of_some(name, amount):
    def spoil(made):
        for place in (24, 27):
            made.rows[place][4] = amount
        made.lose(24, 27)

    TRAPS[name] = spoil


amount_of_some("a_symbolic_euro", 1)
amount_of_some("a_dash_for_an_amount", "–")
amount_of_some("a_word_for_an_amount", "néant")
amount_of_some("nothing_as_a_text", "0,00 €")


def total_called(name, place, word, headings=HEADER):
    """A trap of a total that is 1,000 too many, whatever it is called."""

    def spoil(made):
        made.header[:5] = headings
        row = [None] * 4 + [sum(row[4] for row in made.rows) + 1000]
        row[place] = word
        made.below = [row]
        made.amounts_are_wrong = True

    TRAPS[name] = spoil


total_called("a_total_in_dutch", 0, "Algemeen totaal", DUTCH)
total_called("a_total_in_german", 1, "Gesamtbetrag", GERMAN)
total_called("a_total_of_other_words", 0, "Ensemble")
total_called("a_total_without_a_word", 0, None)


@trap
def a_heading_of_refused_schools(made):
    made.header[1] = "École non retenue"
    made.all_lost()


@trap
def project_numbers_of_another_call_in_all_rows(made):
    made.above = [("Lauréats",)]
    for row in made.rows:
        row[3] = row[3].replace("EN20", "EN19")
    made.all_lost()


@trap
def a_day_of_decision_for_most(made):
    made.column("Date de l’arrêté", *(date(2020, 6, 1 + n) for n in range(24)), None)
    made.lose(*range(24, 30))


@trap
def none_of_anything_for_some(made):
    made.column("Tablettes", *(n + 10 for n in range(22)), 0)
    made.column("Tableaux", *(n % 9 for n in range(1, 23)), 0)
    made.lose(*range(22, 30))


@trap
def a_thick_line(made):
    def change(_book, sheet):
        for cell in sheet[made.first + 19]:
            cell.border = Border(bottom=Side("thick"))

    made.book_changes.append(change)
    made.lose(*range(20, 30))


@pytest.mark.parametrize("name", TRAPS)
def test_no_trap_is_taken_without_a_word(destination, tmp_path, name):
    made = List()
    TRAPS[name](made)
    plan = planned(destination, made.write(tmp_path))
    if plan is None or plan.unanswered:
        return
    taken = {int(row.values["implantation"]) for row in plan.new_rows if row.table == "participations"}
    amounts = {row.values["amount_eur"] for row in plan.new_rows if row.table == "participations"}
    assert not taken & made.lost, "schools that did not win would be written without a question"
    assert not made.amounts_are_wrong or amounts <= {""}, "amounts would be written without a question"


def test_money_beside_every_row_is_asked_about_once(destination, tmp_path):
    made = List()
    made.column("Montant demandé", *([5000] * (SITES - SITES // 2) + [10000] * (SITES // 2)))
    assert [question.name for question in planned(destination, made.write(tmp_path)).questions] == ["money"]


def planned(destination, path, **options):
    try:
        return KINDS["winners"].plan(
            path, destination, ImportOptions(**{"call": "EN2020", "as_of": "2020-06-27"} | options),
            looks_ahead=False,
        )  # fmt: skip
    except FileRefused:
        return None


# --- lists without a trap -------------------------------------------------------------------------------

CLEAN = {}


def clean(function):
    CLEAN[function.__name__] = function
    return function


@clean
def as_the_form_has_it(made):
    """Nothing is changed."""


@clean
def a_letter_head(made):
    made.above = [
        ("SPW Économie, Emploi, Recherche",), ("Appel à projets École Numérique 2020",), (),
        ("Liste des lauréats – situation au 15 juin 2020",), ("Annexe 1",), (),
    ]  # fmt: skip


@clean
def networks_and_provinces(made):
    made.column("Réseau", "Communal", *["Libre confessionnel"] * 12, *["WBE"] * 4, "Communal")
    made.column("Province", *["Namur"] * 10, *["Liège"] * 10, "Hainaut")
    made.column("Niveau", *["Fondamental", "Secondaire"] * 15)


@clean
def bands_of_colour(made):
    def change(_book, sheet):
        for place in range(0, SITES, 2):
            for cell in sheet[made.first + place]:
                cell.fill = PatternFill("solid", fgColor="FFDDEBF7")
        for cell in sheet[made.first - 1]:
            cell.font = Font(bold=True)

    made.book_changes.append(change)


@clean
def a_coloured_column(made):
    made.book_changes.append(lambda _book, sheet: [
        setattr(sheet.cell(made.first + place, 5), "fill", PatternFill("solid", fgColor=GREEN))
        for place in range(SITES)
    ])  # fmt: skip


@clean
def every_row_says_yes(made):
    made.column("Décision", "Retenu")
    made.column("Pays", "Belgique")


@clean
def streets_and_lines(made):
    made.header.insert(0, "N°")
    for place, row in enumerate(made.rows):
        row.insert(0, place + 1)
    made.column("Adresse", *(school(n)[1] for n in range(1, SITES + 1)))
    made.column("Nombre d’élèves", *(100 + n * 37 % 90 for n in range(SITES)))


@clean
def a_total_that_is_right(made):
    made.below = [(None, None, None, "Total général", sum(row[4] for row in made.rows))]


@clean
def a_file_of_windows(made):
    as_text(made, "cp1252")


@clean
def a_file_of_dos(made):
    made.header = [text.replace("’", "'") for text in made.header]
    as_text(made, "cp850")


@clean
def winners_in_dutch(made):
    made.above = [("Laureaten van de oproep École Numérique 2020",)]
    made.sheet = made.file = "Laureaten EN2020.xlsx"
    made.sheet = "Blad1"


@clean
def in_german(made):
    made.above = [("Ausgewählte Projekte des Aufrufs École Numérique 2020",)]
    made.header = [
        "FASE-Nummer des Schulstandorts", "Name der Schule", "Gemeinde", "Projektnummer",
        "Bewilligter Betrag",
    ]  # fmt: skip
    made.sheet, made.file = "Tabelle1", "Gewinner EN2020.xlsx"


@clean
def columns_in_dutch(made):
    made.header = [
        "FASE-nummer van de vestiging", "Naam van de school", "Gemeente", "Dossiernummer",
        "Toegekend bedrag",
    ]  # fmt: skip


@clean
def a_sheet_a_province(made):
    def change(book, sheet):
        for name, first in (("Liège", 10), ("Hainaut", 20)):
            further = book.create_sheet(name)
            for row in (made.header, *made.rows[first : first + 10]):
                further.append(row)
        sheet.delete_rows(made.first + 10, 20)

    made.sheet = "Namur"
    made.book_changes.append(change)


@clean
def as_many_as_the_title_says(made):
    made.above = [("Lauréats EN2020 : 30 projets retenus",)]


@clean
def a_form_without_a_title(made):
    made.above, made.sheet, made.file = [], "Feuil1", "Classeur1.xlsx"


def foreign(name, title, headings, word):
    def change(made):
        made.above = [(title,)]
        made.header[:5] = headings
        made.sheet = "Liste"
        made.below = [(None, word, None, None, sum(row[4] for row in made.rows))]

        def framed(_book, sheet):
            for cell in sheet[made.first + SITES - 1]:
                cell.border = Border(bottom=Side("medium"))

        made.book_changes.append(framed)

    CLEAN[name] = change


foreign("in_german_with_a_total", "30 ausgewählte Projekte EN2020", GERMAN, "Gesamtbetrag")
foreign("in_dutch_with_a_total", "30 geselecteerde projecten EN2020", DUTCH, "Totaal")
foreign("with_a_total_that_has_no_word", "Lauréats EN2020", HEADER, None)


@clean
def what_each_school_chose(made):
    made.column("Tablettes", *(0 if n % 3 else 10 + n for n in range(SITES)))
    made.column("Ordinateurs", *(0 if n % 3 == 0 else 20 + n for n in range(SITES)))
    made.column("Tableaux", *(n for n in range(SITES)))


@pytest.mark.parametrize("name", CLEAN)
def test_a_list_without_a_trap_asks_nothing(destination, tmp_path, name):
    made = List()
    CLEAN[name](made)
    plan = planned(destination, made.write(tmp_path))
    assert [question.name for question in plan.questions] == []
    rows = [row.values for row in plan.new_rows if row.table == "participations"]
    assert [(int(row["implantation"]), Decimal(row["amount_eur"])) for row in rows] == [
        (201 + place, Decimal(8000 + 10 * ((place + 1) * 7 % 30))) for place in range(SITES)
    ]
