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
# **Aucune de ces écoles n’existe.** Le projet n’a pas de liste publique d’écoles lauréates : ce carnet en invente une, par
# une suite fixe, pour montrer la méthode. **Rien de ce qui suit ne dit quoi que ce soit de la Wallonie.**
#
# **Question.** Avec une liste d’écoles, que dirait-on des communes et des lauréats répétés ?

# %%
import random

import pandas as pd

draw = random.Random(2031)
schools = pd.DataFrame(
    [
        {"school": f"École fictive {n}", "commune": f"Commune fictive {n % 12 + 1}", "wins": 0}
        for n in range(240)
    ]
)
for _call in range(4):
    chosen = draw.sample(range(len(schools)), 40)
    schools.loc[chosen, "wins"] += 1
schools["wins"].value_counts().sort_index()

# %% [markdown]
# Lauréats répétés : 160 projets ne font pas 160 écoles.

# %%
winners = int((schools["wins"] > 0).sum())
projects = int(schools["wins"].sum())
assert winners < projects == 160
f"données fictives : {projects} projets, {winners} écoles"

# %% [markdown]
# Taux par commune, avec l’intervalle de Wilson à 95 % (Wilson, 1927) : une commune de vingt écoles dit peu.


# %%
def wilson(won, n, z=1.96):
    centre, half = won + z * z / 2, z * (won * (n - won) / n + z * z / 4) ** 0.5
    return (centre - half) / (n + z * z), (centre + half) / (n + z * z)


rates = schools.assign(won=schools["wins"] > 0).groupby("commune")["won"].agg(["sum", "count"])
bounds = [wilson(row["sum"], row["count"]) for _, row in rates.iterrows()]
rates["rate"] = rates["sum"] / rates["count"]
rates[["lower", "upper"]] = bounds
rates.sort_values("rate")

# %%
overall = winners / len(schools)
unlike = rates[(rates["lower"] > overall) | (rates["upper"] < overall)]
assert len(unlike) <= 3
f"données fictives : {len(unlike)} commune(s) sur {len(rates)} dont l’intervalle exclut le taux général"

# %% [markdown]
# **Réponse.** Tirées au sort, les communes fictives paraissent inégales ; presque tous leurs intervalles contiennent
# pourtant le taux général.
#
# **Limites.** Données fictives. Avec de vraies écoles : ne publiez pas de taux d’une commune de moins de cinq écoles.
