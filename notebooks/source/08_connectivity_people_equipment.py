# %% [markdown] lang="fr"
# # 08 – Connexion, personnes, équipement
# **Question.** Depuis 2012, où en sont la connexion des écoles, l’équipe et le matériel, et qu’est-ce qui se compare ?

# %% [markdown] lang="en"
# # 08 – Connectivity, people, equipment
# **Question.** Since 2012, where do the connection of schools, the team and the equipment stand, and what can be compared?

# %% [markdown] lang="fr"
# ## La connexion interne
# Un projet pilote : des implantations choisies en 2016, puis équipées une à une.

# %% [markdown] lang="en"
# ## Internal connectivity
# A pilot project: sites chosen in 2016, then equipped one by one.

# %%
steps = ["sites_selected", "sites_installed"]
columns = ["known_on", "measure", "valid_from", "printed", "lower", "upper", "source_title"]
pilot = pd.concat(store.observations(step, territory="wallonia")[columns] for step in steps)
pilot

# %%
connectivity = store.connectivity().iloc[0]
connectivity[
    [
        "sites_selected",
        "sites_installed",
        "progress",
        "budget_spent",
        "cost_per_site_lower",
        "cost_per_site_upper",
    ]
]

# %%
store.chart("connectivity_progress", LANGUAGE)

# %% [markdown] lang="fr"
# ## Les personnes

# %% [markdown] lang="en"
# ## People

# %%
staff = store.staff(labels=LANGUAGE)
teams = staff[staff["component"].isna()].astype({"lower": float, "upper": float})
teams[["programme_name", "valid_from", "valid_to", "value", "lower", "upper"]]

# %%
functions = staff.dropna(subset=["component", "value"])
px.bar(
    functions,
    x="value",
    y="programme_name",
    color="component_name",
    labels={"value": "", "programme_name": ""},
)

# %% [markdown] lang="fr"
# ## Le matériel
# Combien de machines pour cent élèves ? Les deux baromètres ne comptent pas la même chose : l’un des ordinateurs, l’autre des
# terminaux, tablettes comprises.

# %% [markdown] lang="en"
# ## Equipment
# How many machines for a hundred pupils? The two barometers do not count the same: one counts computers, the other terminals,
# tablets included.

# %%
rates = pd.concat(
    [
        store.observations("computers_per_100_pupils"),
        store.observations("terminals_per_100_pupils", territory="wallonia"),
    ]
)
rates = rates[rates["component"].isna()].assign(year=lambda table: table["valid_from"].dt.year)
rates["of"] = rates["measure"] + " " + rates["level"].fillna("")
rates[["year", "measure", "level", "lower", "value", "upper", "source_title"]]

# %%
px.scatter(
    rates,
    x="value",
    y="of",
    color="year",
    labels={"value": "", "of": ""},
    error_x=rates["upper"] - rates["value"],
    error_x_minus=rates["value"] - rates["lower"],
).update_coloraxes(showscale=False)

# %% [markdown] lang="fr"
# Et ce que les appels ont distribué : un cumul, de documents successifs.

# %% [markdown] lang="en"
# And what the calls handed out: a running total, of successive documents.

# %%
devices = store.observations("devices_awarded")
devices[["known_on", "call", "component", "printed", "precision", "lower", "upper", "source_title"]]

# %% [markdown] lang="fr"
# **Limites.** Une équipe n’est connue qu’à quelques dates. `cost_per_site` divise la dépense par les implantations choisies ou
# équipées : deux bornes, pas une moyenne. Les « terminaux » de 2017 et les « ordinateurs » de 2009 ne se soustraient pas.
#
# ## Exercices
# 1. Quelle part des machines de 2017 la Région a-t-elle payée ?
#
# <details><summary>Solution</summary>
#
# ```python
# terminals = store.observations("terminals_per_100_pupils", territory="wallonia").set_index("component")
# terminals.loc["region_funded", "lower"] / 11.25, terminals.loc["region_funded", "upper"] / 11.15
# ```
# </details>
#
# 2. Que prévoyaient les plans, et qu’en a-t-on atteint ?
#
# <details><summary>Solution</summary>
#
# ```python
# store.targets(labels=LANGUAGE).dropna(subset=["share"])[["programme_name", "target_name", "planned", "reached", "share"]]
# ```
# </details>

# %% [markdown] lang="en"
# **Limits.** A team is known on a few days only. `cost_per_site` divides what was spent by the sites chosen or equipped: two bounds,
# not a mean. The “terminals” of 2017 and the “computers” of 2009 are not to be subtracted.
#
# ## Exercises
# 1. What share of the machines of 2017 did the Region pay for?
#
# <details><summary>Solution</summary>
#
# ```python
# terminals = store.observations("terminals_per_100_pupils", territory="wallonia").set_index("component")
# terminals.loc["region_funded", "lower"] / 11.25, terminals.loc["region_funded", "upper"] / 11.15
# ```
# </details>
#
# 2. What did the plans foresee, and what of it was reached?
#
# <details><summary>Solution</summary>
#
# ```python
# store.targets(labels=LANGUAGE).dropna(subset=["share"])[["programme_name", "target_name", "planned", "reached", "share"]]
# ```
# </details>

# %%
installed, selected = connectivity["sites_installed"], connectivity["sites_selected"]
assert installed <= selected
names = ("connectivity_progress", "staff_total_2019", "en_devices_2012_2020")
progress, staff, awarded = (store.figure(name) for name in names)

# %% lang="fr"
Markdown(
    f"**Réponse.** {installed} des {selected} implantations du projet pilote équipées, soit **{progress.full_text('fr')}** ; "
    f"{staff.full_text('fr')} pour École Numérique ; {awarded.text('fr')} attribués par les appels EN1 à "
    "EN2020. Seuls se comparent les nombres d’une même population."
)

# %% lang="en"
Markdown(
    f"**Answer.** {installed} of the {selected} sites of the pilot project are equipped, **{progress.full_text('en')}**; "
    f"{staff.full_text('en')} for École Numérique; {awarded.text('en')} awarded by the calls EN1 to EN2020. "
    "Only numbers of one population can be compared."
)
