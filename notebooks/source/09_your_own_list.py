# %% [markdown] lang="fr"
# # 09 – Votre propre liste (données fictives)
# **Question.** Vous recevez une liste de livraisons en tableur. Comment la vérifier, la charger, et voir ce qu’elle change, sans rien
# risquer ? On s’exerce sur une copie de la démonstration : **toutes ses écoles sont fictives**.

# %% [markdown] lang="en"
# # 09 – Your own list (invented data)
# **Question.** You receive a list of deliveries in a spreadsheet. How can you check it, load it and see what it changes, at no risk? We
# practise on a copy of the demonstration: **all its schools are invented** (« données fictives »).

# %%
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ennum_stats.project import Project

demo = Project.at().root / "build" / "demonstration"  # made once for notebooks 06 and 09
if not demo.exists():
    command = [sys.executable, "-m", "ennum_stats.cli", "demo", str(demo), "--schools", "400"]
    subprocess.run(command, check=True, capture_output=True)
folder = Path(tempfile.mkdtemp())
shutil.copytree(demo, folder / "project")
before = ennum_stats.open(folder / "project")
assert before.is_demo

# %% [markdown] lang="fr"
# ## La liste, telle qu’on la reçoit
# Ses colonnes ont leurs propres noms ; une de ses lignes a un numéro que le registre ne connaît pas.

# %% [markdown] lang="en"
# ## The list, as it arrives
# Its columns have names of their own; one of its rows has a number that the register does not know.

# %%
won = before.sql("SELECT implantation FROM participations WHERE call = 'EN2020' ORDER BY ALL LIMIT 20")
mine = pd.DataFrame(
    {
        "N° FASE de l’implantation": [*won["implantation"], "9999999"],
        "Lot": ["Tablettes", "Tableaux interactifs", "Robots"] * 7,
        "Quantité": [12, 2, 6] * 7,
        "Livré le": "15/03/2021",
    }
)
received = folder / "livraisons.csv"
received.write_text("DONNÉES FICTIVES : livraisons EN2020\n" + mine.to_csv(sep=";", index=False), "utf-8")
mine.tail(3)

# %% [markdown] lang="fr"
# ## Essayer sans rien écrire
# `--dry-run` dit ce qui serait pris, refusé, douteux, et quels chiffres changeraient. C’est la même commande au terminal.

# %% [markdown] lang="en"
# ## Try without writing anything
# `--dry-run` says what would be taken, refused or doubtful, and which figures would change. It is the same command in the terminal.


# %%
def ennum(*arguments):
    command = [
        sys.executable,
        "-m",
        "ennum_stats.cli",
        *arguments,
        "--root",
        str(folder / "project"),
        "--lang",
        LANGUAGE,
    ]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=folder)
    print(done.stdout or done.stderr)
    return done.returncode


load = ["import", "deliveries", str(received), "--call", "EN2020", "--as-of", "2021-06-30"]
ennum(*load, "--dry-run")

# %% [markdown] lang="fr"
# ## Charger
# Ce qui est refusé revient dans un classeur, la raison à côté de la cellule. Le reste est chargé, et la base refaite.

# %% [markdown] lang="en"
# ## Load
# What is refused comes back in a workbook, the reason beside the cell. The rest is loaded, and the store is made again.

# %%
ennum(*load, "--yes")
ennum("build")
after = ennum_stats.open(folder / "project")

# %%
columns = ["call", "devices", "deliveries", "sites"]
both = before.deliveries(by="call")[columns].merge(
    after.deliveries(by="call")[columns], on="call", how="outer", suffixes=("_before", "_after")
)
both

# %%
long = both.melt("call", ["devices_before", "devices_after"], var_name="when", value_name="devices")
px.bar(
    long.fillna(0), x="call", y="devices", color="when", barmode="group", labels={"call": "", "devices": ""}
)

# %% [markdown] lang="fr"
# **Limites.** Une liste se charge avec son jour et sa source : elle ne remplace rien, sauf si on le demande (`--replaces`). Elle ne
# vaut que pour les écoles qu’elle nomme ; tant qu’elle n’est pas complète, ce qui en est compté est « au moins ».
#
# ## Exercices
# 1. Combien de machines par lot ?
#
# <details><summary>Solution</summary>
#
# ```python
# after.deliveries(by="lot", labels=LANGUAGE)[["lot", "devices", "sites"]]
# ```
# </details>
#
# 2. La liste s’accorde-t-elle avec les nombres publiés ?
#
# <details><summary>Solution</summary>
#
# ```python
# after.reconciliation(labels=LANGUAGE)[["measure_name", "call", "listed", "published", "verdict_name"]].tail()
# ```
# </details>

# %% [markdown] lang="en"
# **Limits.** A list is loaded with its day and its source: it replaces nothing unless asked to (`--replaces`). It speaks for the schools
# that it names alone; as long as it is not complete, what is counted from it is “at least”.
#
# ## Exercises
# 1. How many devices by lot?
#
# <details><summary>Solution</summary>
#
# ```python
# after.deliveries(by="lot", labels=LANGUAGE)[["lot", "devices", "sites"]]
# ```
# </details>
#
# 2. Does the list agree with the published numbers?
#
# <details><summary>Solution</summary>
#
# ```python
# after.reconciliation(labels=LANGUAGE)[["measure_name", "call", "listed", "published", "verdict_name"]].tail()
# ```
# </details>

# %%
loaded = after.deliveries(by="call").set_index("call").loc["EN2020"]
taken = mine[mine["N° FASE de l’implantation"] != "9999999"]
assert loaded["devices"] == taken["Quantité"].sum(), "ce qui est compté est ce qui était dans la liste"
refused = len(mine) - len(taken)

# %% lang="fr"
Markdown(
    f"**Réponse (données fictives).** {len(taken)} lignes prises, {refused} refusée : **{loaded['devices']} machines** livrées à "
    f"{loaded['sites']} implantations pour EN2020. Le projet d’origine n’a pas changé : tout s’est passé dans une copie."
)

# %% lang="en"
Markdown(
    f"**Answer (données fictives).** {len(taken)} rows taken, {refused} refused: **{loaded['devices']} devices** delivered to "
    f"{loaded['sites']} sites for EN2020. The project itself has not changed: all of it happened in a copy."
)
