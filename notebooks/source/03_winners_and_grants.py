# %% [markdown] lang="fr"
# # 03 – Lauréats et montants
# **Question.** Le dossier de presse dit que le nombre de projets a baissé en EN2018 parce que les montants ont augmenté. Les
# nombres le soutiennent-ils ?

# %% [markdown] lang="en"
# # 03 – Winners and grants
# **Question.** The press kit says that there were fewer projects in EN2018 because grants were larger. Do the numbers bear it
# out?

# %%
from math import log

names = ["projects_introduced", "projects_awarded", "budget_awarded", "mean_grant"]
table = store.winners().set_index("call")[names].dropna(subset=["mean_grant"])
table

# %% [markdown] lang="fr"
# ## Une décomposition exacte
# Le nombre de projets est le budget divisé par le montant moyen. En logarithmes, toute évolution se partage donc sans reste :
# ce qui vient du budget, moins ce qui vient du montant moyen.

# %% [markdown] lang="en"
# ## An exact decomposition
# The number of projects is the budget divided by the mean grant. In logarithms every change is thus shared without a rest: what
# is due to the budget, less what is due to the mean grant.

# %%
steps = table.astype(float).map(log).diff().iloc[1:]
parts = pd.DataFrame({"budget": steps["budget_awarded"], "mean_grant": -steps["mean_grant"]})
assert ((parts.sum(axis=1) - steps["projects_awarded"]).abs() < 1e-9).all()
parts.assign(projects=steps["projects_awarded"]).round(2)

# %%
names_of_parts = {"fr": ["budget", "montant moyen"], "en": ["budget", "mean grant"]}[LANGUAGE]
shares = parts.set_axis(names_of_parts, axis=1).reset_index().melt("call", var_name="part", value_name="log")
px.bar(shares, x="call", y="log", color="part", labels={"call": "", "log": "Δ log", "part": ""})

# %% [markdown] lang="fr"
# Au-dessus de zéro, ce qui a fait monter le nombre de projets d’un appel au suivant ; au-dessous, ce qui l’a fait baisser.
#
# ## Une autre lecture
# A-t-on simplement introduit moins de projets ?

# %% [markdown] lang="en"
# Above zero, what raised the number of projects from one call to the next; below, what lowered it.
#
# ## Another reading
# Were there simply fewer applications?

# %%
rate = (
    store.winners()
    .set_index("call")[["selection_rate_lower", "selection_rate", "selection_rate_upper"]]
    .dropna()
)
rate

# %%
fall = table.loc["EN2018"] / table.loc["EN2017"]
of_grant = float(parts.loc["EN2018", "mean_grant"] / steps.loc["EN2018", "projects_awarded"])
introduced = float(fall["projects_introduced"])
assert of_grant > 0.5 and abs(fall["budget_awarded"] - 1) < 0.1 and fall["mean_grant"] > 1.25
assert introduced < 1 and abs(introduced - fall["projects_awarded"]) < 0.1

# %% [markdown] lang="fr"
# **Limites.** Deux appels et des totaux : aucune donnée par projet. « Parce que » reste une affirmation du dossier ; une
# décomposition répartit un écart, elle n’en donne pas la cause. Les 1 300 projets
# introduits en EN2017 (`today-in-liege-2017`) sont un arrondi.
#
# ## Exercices
# 1. Entre quelles bornes le montant moyen d’EN2020 se trouve-t-il ?
#
# <details><summary>Solution</summary>
#
# ```python
# store.winners().set_index("call").loc["EN2020", ["mean_grant_lower", "mean_grant_upper"]]
# ```
# </details>
#
# 2. Pour quel appel le budget a-t-il le plus pesé dans la hausse du nombre de projets ?
#
# <details><summary>Solution</summary>
#
# ```python
# parts["budget"].idxmax()
# ```
# </details>

# %% [markdown] lang="en"
# **Limits.** Two calls and totals: nothing is known project by project. “Because” remains a claim of the kit; a decomposition
# shares a difference out, it does not give its cause. The 1,300 applications of EN2017
# (`today-in-liege-2017`) are a rounded number.
#
# ## Exercises
# 1. Between which bounds does the mean grant of EN2020 lie?
#
# <details><summary>Solution</summary>
#
# ```python
# store.winners().set_index("call").loc["EN2020", ["mean_grant_lower", "mean_grant_upper"]]
# ```
# </details>
#
# 2. For which call did the budget weigh most in the rise of the number of projects?
#
# <details><summary>Solution</summary>
#
# ```python
# parts["budget"].idxmax()
# ```
# </details>

# %% lang="fr"
times = {name: f"{fall[name]:.2f}".replace(".", ",") for name in names}
Markdown(
    f"**Réponse.** Oui, arithmétiquement : le budget a peu bougé (× {times['budget_awarded']}), le montant moyen a nettement "
    f"augmenté (× {times['mean_grant']}) et explique **{of_grant:.0%}** de la baisse. Mais les projets introduits ont baissé "
    f"presque autant (× {times['projects_introduced']}) que les retenus (× {times['projects_awarded']}) : les nombres ne "
    "distinguent pas la cause.".replace("%", " %")
)

# %% lang="en"
times = {name: f"{fall[name]:.2f}" for name in names}
Markdown(
    f"**Answer.** Arithmetically, yes: the budget hardly moved (× {times['budget_awarded']}), the mean grant rose clearly "
    f"(× {times['mean_grant']}) and accounts for **{of_grant:.0%}** of the fall. But applications fell almost as much "
    f"(× {times['projects_introduced']}) as awards (× {times['projects_awarded']}): the numbers do not tell the cause."
)
