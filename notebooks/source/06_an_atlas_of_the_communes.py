# %% [markdown] lang="fr"
# # 06 – Un atlas des communes (données fictives)
# **Aucune de ces écoles n’existe.** Ce projet n’a pas de liste des écoles lauréates : `ennum demo` en invente, dans de vraies
# communes, pour montrer la méthode. **Rien de ce qui suit ne dit quoi que ce soit de la Wallonie.**
#
# **Question.** Avec des listes d’écoles, les communes seraient-elles servies également, et que peut-on en dire d’aussi petites ?

# %% [markdown] lang="en"
# # 06 – An atlas of the communes (invented data)
# **None of these schools exists** (« données fictives »). This project has no list of the winning schools: `ennum demo` invents some, in real
# communes, to show the method. **Nothing below says anything about Wallonia.**
#
# **Question.** With lists of schools, would the communes be served equally, and what can be said of such small ones?

# %%
import subprocess
import sys
from pathlib import Path

from ennum_stats.project import Project

demo = Project.at().root / "build" / "demonstration"  # made once for notebooks 06 and 09
if not demo.exists():
    command = [sys.executable, "-m", "ennum_stats.cli", "demo", str(demo), "--schools", "400"]
    subprocess.run(command, check=True, capture_output=True)
invented = ennum_stats.open(demo)
assert invented.is_demo
invented.chart("coverage_map", LANGUAGE)

# %% [markdown] lang="fr"
# ## À côté, une table ouverte : la population
# Posez à côté de ce carnet `population.csv` (colonnes `commune`, le code INS, et `population`) : l’office de statistique
# Statbel la publie chaque année. Sans elle, une population **inventée** : 1 000 habitants par implantation fictive, plus ou moins.

# %% [markdown] lang="en"
# ## An open table beside: population
# Put `population.csv` beside this notebook (columns `commune`, the NIS code, and `population`): the statistical office Statbel
# publishes it every year. Without it the population is **invented**: 1,000 inhabitants a fictitious site, more or less.

# %%
from random import Random

communes = invented.coverage(by="commune", labels=LANGUAGE)
communes = communes[["commune", "commune_name", "sites", "universe_sites", "share"]].astype({"share": float})
if Path("population.csv").exists():
    population = pd.read_csv("population.csv", dtype={"commune": str})
else:
    chance = Random(1)
    made = [int(n * chance.uniform(700, 1300)) for n in communes["universe_sites"]]
    population = pd.DataFrame({"commune": communes["commune"], "population": made})
atlas = communes.merge(population, on="commune").assign(
    without_per_1000=lambda t: 1000 * (t["universe_sites"] - t["sites"]).astype(float) / t["population"]
)
atlas.nlargest(5, "without_per_1000")

# %% [markdown] lang="fr"
# ## Inégalité
# La courbe de Lorenz range les communes de la moins à la mieux servie. L’indice de Gini est le double de l’aire entre elle et la
# diagonale. (Quelques lignes suffisent ici ; la bibliothèque `inequality` de PySAL donne aussi Theil et les décompositions.)

# %% [markdown] lang="en"
# ## Inequality
# The Lorenz curve ranks communes from the least to the best served. The Gini index is twice the area between it and the diagonal.
# (A few lines are enough here; PySAL’s library `inequality` also gives Theil and the decompositions.)


# %%
def lorenz(table, of, over):
    ranked = table.assign(rate=table[of].astype(float) / table[over].astype(float)).sort_values("rate")
    steps = ranked[[over, of]].astype(float).cumsum() / ranked[[over, of]].astype(float).sum()
    return pd.concat([pd.DataFrame({over: [0.0], of: [0.0]}), steps], ignore_index=True)


def gini(curve):
    width, height = curve.iloc[:, 0].diff(), curve.iloc[:, 1].rolling(2).mean()
    return 1 - 2 * float((width * height).sum())


curve = lorenz(atlas, "sites", "universe_sites")
even = pd.DataFrame({"universe_sites": [0.0, 1.0], "sites": [0.0, 1.0]})
assert abs(gini(even)) < 1e-9
px.line(curve, x="universe_sites", y="sites").add_shape(type="line", x0=0, y0=0, x1=1, y1=1, line_dash="dot")

# %% [markdown] lang="fr"
# ## Petits nombres
# Une commune de deux écoles n’a que trois parts possibles. L’intervalle de Wilson à 95 % (Wilson, 1927) dit ce qu’un tirage au
# sort de même taille laisserait attendre ; `statsmodels.stats.proportion.proportion_confint` le donne aussi.

# %% [markdown] lang="en"
# ## Small numbers
# A commune of two schools has three possible shares only. Wilson’s interval at 95% (Wilson, 1927) says what a draw of that size
# would lead one to expect; `statsmodels.stats.proportion.proportion_confint` gives it, too.


# %%
def wilson(won, n, z=1.96):
    centre, half = won + z * z / 2, z * (won * (n - won) / n + z * z / 4) ** 0.5
    return (centre - half) / (n + z * z), (centre + half) / (n + z * z)


bounds = [wilson(int(row.sites), int(row.universe_sites)) for row in atlas.itertuples()]
atlas[["lower", "upper"]] = bounds
overall = float(atlas["sites"].sum() / atlas["universe_sites"].sum())
unlike = atlas[(atlas["lower"] > overall) | (atlas["upper"] < overall)]

# %%
shown = atlas.nlargest(25, "universe_sites").sort_values("share")
chart = px.scatter(
    shown,
    x="share",
    y="commune_name",
    labels={"share": "", "commune_name": ""},
    height=600,
    error_x=shown["upper"] - shown["share"],
    error_x_minus=shown["share"] - shown["lower"],
)
chart.add_vline(x=overall, line_dash="dot")

# %% [markdown] lang="fr"
# **Limites.** Données fictives : des écoles tirées au sort. Avec de vraies écoles, ne publiez pas la part d’une commune de moins de
# cinq écoles, et ne classez pas des communes dont les intervalles se recouvrent.
#
# ## Exercices
# 1. L’inégalité entre provinces est-elle plus grande ou plus petite qu’entre communes ?
#
# <details><summary>Solution</summary>
#
# ```python
# provinces = invented.coverage(by="province")
# gini(lorenz(provinces, "sites", "universe_sites")), gini(curve)
# ```
# </details>
#
# 2. Quelles implantations n’ont jamais rien eu dans la commune la moins servie ?
#
# <details><summary>Solution</summary>
#
# ```python
# least = atlas.nlargest(1, "without_per_1000")["commune"].iloc[0]
# invented.never_awarded().query("commune == @least")[["implantation", "schools", "locality"]]
# ```
# </details>

# %% [markdown] lang="en"
# **Limits.** Invented data: schools drawn by lot. With real schools, do not publish the share of a commune of fewer than five
# schools, and do not rank communes whose intervals overlap.
#
# ## Exercises
# 1. Is inequality between provinces larger or smaller than between communes?
#
# <details><summary>Solution</summary>
#
# ```python
# provinces = invented.coverage(by="province")
# gini(lorenz(provinces, "sites", "universe_sites")), gini(curve)
# ```
# </details>
#
# 2. Which sites never had anything in the least served commune?
#
# <details><summary>Solution</summary>
#
# ```python
# least = atlas.nlargest(1, "without_per_1000")["commune"].iloc[0]
# invented.never_awarded().query("commune == @least")[["implantation", "schools", "locality"]]
# ```
# </details>

# %% lang="fr"
Markdown(
    f"**Réponse (données fictives).** {overall:.0%} des implantations en tout, Gini entre communes {gini(curve):.2f} ; mais l’intervalle de "
    f"**{len(atlas) - len(unlike)} des {len(atlas)} communes** contient la part générale : un tirage au sort paraît inégal, et "
    "presque rien ne s’en dit commune par commune.".replace("%", " %").replace("0.", "0,")
)

# %% lang="en"
Markdown(
    f"**Answer (données fictives).** {overall:.0%} of the sites overall, Gini between communes {gini(curve):.2f}; but the interval of "
    f"**{len(atlas) - len(unlike)} of {len(atlas)} communes** contains the overall share: a draw by lot looks unequal, and next to "
    "nothing can be said commune by commune."
)
