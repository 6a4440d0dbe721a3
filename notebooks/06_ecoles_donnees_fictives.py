# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 06 – École par école, sur des **données fictives**
# **Aucune de ces écoles n’existe.** Le projet n’a pas de liste publique d’écoles lauréates : `ennum demo` en invente, à
# l’échelle des chiffres publiés, pour montrer la méthode. **Rien de ce qui suit ne dit quoi que ce soit de la Wallonie.**
#
# **Question.** Avec des listes d’écoles, que dirait-on de la couverture, des lauréats répétés et des communes ?

# %%
import subprocess
import sys
import tempfile
from pathlib import Path

import ennum_stats

folder = Path(tempfile.mkdtemp()) / "demonstration"
command = [sys.executable, "-m", "ennum_stats.cli", "demo", str(folder), "--schools", "400"]
subprocess.run(command, check=True, capture_output=True)
store = ennum_stats.open(folder)
assert store.is_demo

# %% [markdown]
# Avec les listes de tous les appels, la couverture est **comptée** : un nombre, et plus un intervalle.

# %%
years = store.coverage(by="year")
assert set(years["basis"]) == {"counted"}
years[["year", "sites", "share"]]

# %% [markdown]
# Lauréats répétés : le nombre de projets n’est pas celui des écoles.

# %%
repeats = store.winners(by="repeats")
projects, sites = int(repeats["projects"].sum()), int(repeats["sites"][1:].sum())
assert sites < projects
repeats[["repeats", "sites", "projects"]]

# %% [markdown]
# Par commune, la part des implantations atteintes. Une commune de deux écoles n’a que trois parts possibles : l’intervalle
# de Wilson à 95 % (Wilson, 1927) dit ce qu’un tirage au sort de même taille laisserait attendre.


# %%
def wilson(won, n, z=1.96):
    centre, half = won + z * z / 2, z * (won * (n - won) / n + z * z / 4) ** 0.5
    return (centre - half) / (n + z * z), (centre + half) / (n + z * z)


communes = store.coverage(by="commune")[["commune", "sites", "universe_sites", "share"]]
bounds = [wilson(row["sites"], row["universe_sites"]) for _, row in communes.iterrows()]
communes[["lower", "upper"]] = bounds
communes.sort_values("share", ascending=False).head(10)

# %%
overall = communes["sites"].sum() / communes["universe_sites"].sum()
unlike = communes[(communes["lower"] > overall) | (communes["upper"] < overall)]
f"données fictives : {len(unlike)} commune(s) sur {len(communes)} dont l’intervalle exclut la part générale"

# %% [markdown]
# Celles qui n’ont jamais rien eu se nomment une à une.

# %%
never = store.never_awarded()
assert len(never) == repeats["sites"][0]
never[["implantation", "schools", "locality"]].head()

# %% [markdown]
# **Réponse.** Avec des listes, l’intervalle devient un nombre ; les lauréats répétés s’y voient ; et des communes tirées au
# sort paraissent inégales alors que presque tous leurs intervalles contiennent la part générale.
#
# **Limites.** Données fictives. Avec de vraies écoles : ne publiez pas de part d’une commune de moins de cinq écoles.
