# %% [markdown] lang="fr"
# # 05 – Documents en désaccord
# **Question.** Sur quels nombres les documents ne peuvent-ils pas avoir raison tous ensemble, lequel est retenu, et de combien
# s’écartent les autres ?

# %% [markdown] lang="en"
# # 05 – Documents that disagree
# **Question.** On which numbers can documents not all be right, which one is taken, and how far off are the others?

# %%
conflicts = store.conflicts(language=LANGUAGE)
conflicts[["subject", "calls", "kind_name", "chosen_text", "other_text", "relative_distance"]].head(10)

# %% [markdown] lang="fr"
# ## Un cas de près : le budget d’EN2018
# Chaque point est un nombre imprimé ; chaque trait, ce que son écriture permet, un demi-rang de part et d’autre.

# %% [markdown] lang="en"
# ## One case closely: the budget of EN2018
# Each dot is a printed number; each line, what its wording allows, half a place on either side.

# %%
found = store.observations("budget_awarded", call="EN2018", broken_down=False)
dots = found.dropna(subset=["value", "lower", "upper"]).sort_values("known_on")
dots["million"] = dots["value"] / 1e6
dots["less"] = (dots["value"] - dots["lower"]) / 1e6
dots["more"] = (dots["upper"] - dots["value"]) / 1e6
dots = dots.assign(document=dots["source_title"].str.slice(0, 60))
dots[["known_on", "document", "printed", "lower", "upper", "precision"]]

# %%
chart = px.scatter(
    dots,
    x="million",
    y="document",
    error_x="more",
    error_x_minus="less",
    labels={"million": "10⁶ €", "document": ""},
)
chosen = store.figure("en2018_budget")
chart.add_vline(x=float(chosen.value) / 1e6, line_dash="dot").update_traces(marker_size=10)

# %% [markdown] lang="fr"
# Deux traits qui se recouvrent peuvent avoir raison ensemble ; deux qui ne se touchent pas se contredisent. Le trait pointillé
# est le chiffre retenu.
#
# ## Tous les écarts

# %% [markdown] lang="en"
# Two lines that overlap can both be right; two that do not touch contradict each other. The dotted line is the figure taken.
#
# ## All differences

# %%
far = conflicts.dropna(subset=["relative_distance"]).sort_values("relative_distance")
far = far.assign(name=far["measure"] + " " + far["calls"].fillna(far["programme"]).fillna(""))
px.strip(
    far,
    x="relative_distance",
    y="kind_name",
    hover_name="name",
    labels={"kind_name": "", "relative_distance": ""},
)

# %% [markdown] lang="fr"
# **Limites.** Le rang d’un document est une règle, pas une preuve. Un désaccord peut venir de deux populations que les documents ne
# distinguent pas, ou de deux jours.
#
# ## Exercices
# 1. Quel document est le plus souvent du côté qui n’est pas retenu ?
#
# <details><summary>Solution</summary>
#
# ```python
# conflicts["other_documents"].str.split().explode().value_counts().head()
# ```
# </details>
#
# 2. Y avait-il moins de désaccords le jour du dossier de presse ?
#
# <details><summary>Solution</summary>
#
# ```python
# len(ennum_stats.open(known_at="2020-01-31").conflicts()), len(conflicts)
# ```
# </details>

# %% [markdown] lang="en"
# **Limits.** The rank of a document is a rule, not a proof. A disagreement can come from two populations that documents do not
# tell apart, or from two days.
#
# ## Exercises
# 1. Which document is most often on the side that is not taken?
#
# <details><summary>Solution</summary>
#
# ```python
# conflicts["other_documents"].str.split().explode().value_counts().head()
# ```
# </details>
#
# 2. Were there fewer disagreements on the day of the press kit?
#
# <details><summary>Solution</summary>
#
# ```python
# len(ennum_stats.open(known_at="2020-01-31").conflicts()), len(conflicts)
# ```
# </details>

# %%
apart = dots[(dots["upper"] < float(chosen.value)) | (dots["lower"] > float(chosen.value))]
most = far.iloc[-1]
assert len(apart) and float(chosen.value) in set(dots["value"])

# %% lang="fr"
Markdown(
    f"**Réponse.** {len(conflicts)} désaccords ; le plus grand, relativement, porte sur « {most['subject']} » "
    f"({most['chosen_text']} / {most['other_text']}). Pour le budget d’EN2018, **{chosen.text('fr')}** est retenu ; "
    f"{len(apart)} des {len(dots)} nombres imprimés ne peuvent pas être le même. Est retenu le document du meilleur rang, puis le "
    "plus récent, puis le plus précis de ceux qui s’accordent avec lui ; les autres restent visibles."
)

# %% lang="en"
Markdown(
    f"**Answer.** {len(conflicts)} disagreements; the largest in proportion is about “{most['subject']}” "
    f"({most['chosen_text']} / {most['other_text']}). For the budget of EN2018, **{chosen.text('en')}** is taken; "
    f"{len(apart)} of the {len(dots)} printed numbers cannot be the same. Taken is the document of the best rank, then the latest, then "
    "the most precise of those that agree with it; the others stay visible."
)
