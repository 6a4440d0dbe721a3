# %% [markdown] lang="fr"
# # 07 – Scénarios (hypothèses)
# **Question.** Si EN2020 n’avait retenu que les 500 projets annoncés (`press-kit-2020`), au lieu de 679
# (`rtl-belga-2020-06`), que seraient devenus la couverture, le montant
# moyen et le total des projets ?

# %% [markdown] lang="en"
# # 07 – Scenarios (suppositions)
# **Question.** Had EN2020 awarded only the 500 projects that were announced (`press-kit-2020`), instead of 679
# (`rtl-belga-2020-06`), what would have become of the coverage,
# the mean grant and the number of projects?

# %% [markdown] lang="fr"
# Un scénario est une base où un nombre est supposé : tout ce qui en sort le dit, et rien n’en est écrit. Ce qui était compté du
# nombre remplacé (totaux, listes) est laissé de côté ; les bornes et les règles sont recalculées.

# %% [markdown] lang="en"
# A scenario is a store in which a number is supposed: all that comes out of it says so, and nothing of it is written. What was
# counted from the number replaced (totals, lists) is left out; bounds and rules are computed again.

# %%
fewer = store.scenario(projects_awarded={"EN2020": 500})
fewer

# %%
names = ["en2020_projects", "en2020_mean_grant", "en2020_selection_rate"]
said = {"documents": store, "scenario": fewer}
pd.DataFrame({key: {name: one.figure(name).text(LANGUAGE) for name in names} for key, one in said.items()})

# %% [markdown] lang="fr"
# Un graphique d’un scénario porte la mention de l’hypothèse.

# %% [markdown] lang="en"
# A chart of a scenario is marked as a supposition.

# %%
fewer.chart("winners_per_call", LANGUAGE)

# %% [markdown] lang="fr"
# ## La couverture selon le nombre de projets
# Une supposition n’est pas plus précise que ce que l’on en sait : les bornes restent des bornes.

# %% [markdown] lang="en"
# ## Coverage by the number of projects
# A supposition is no more precise than what is known of it: bounds remain bounds.


# %%
def bounds(one):
    rows = one.coverage(calls=["EN1_EN2020"], universe="implantations").set_index("basis")
    return rows.loc["convention", ["sites_lower", "sites_upper"]].astype(float)


supposed = {
    projects: bounds(store.scenario(projects_awarded={"EN2020": projects}))
    for projects in range(400, 901, 100)
}
coverage = pd.DataFrame(supposed).T.rename_axis("projects").reset_index()
coverage["width"] = coverage["sites_upper"] - coverage["sites_lower"]
coverage

# %%
px.bar(
    coverage,
    x="projects",
    y="width",
    base="sites_lower",
    labels={"projects": "EN2020", "width": "implantations"},
)

# %% [markdown] lang="fr"
# **Limites.** Un scénario ne prédit rien : il dit ce que les mêmes règles et les autres documents laissent possible si un nombre
# change, et lui seul. Avec moins de projets, le budget de l’appel aurait peut-être changé aussi.
#
# ## Exercices
# 1. Et si le budget d’EN2020 avait été celui annoncé, 7,5 millions (`press-kit-2020`), avec 500 projets ?
#
# <details><summary>Solution</summary>
#
# ```python
# both = store.scenario(projects_awarded={"EN2020": 500}, budget_awarded={"EN2020": 7_500_000})
# both.figure("en2020_mean_grant").text(LANGUAGE)
# ```
# </details>
#
# 2. Supposez un intervalle : de 450 à 550 projets.
#
# <details><summary>Solution</summary>
#
# ```python
# bounds(store.scenario(projects_awarded={"EN2020": (450, 550)}))
# ```
# </details>

# %% [markdown] lang="en"
# **Limits.** A scenario predicts nothing: it says what the same rules and the other documents leave possible if one number changes,
# and that number alone. With fewer projects the budget of the call might have changed, too.
#
# ## Exercises
# 1. And if the budget of EN2020 had been the one announced, 7.5 million (`press-kit-2020`), with 500 projects?
#
# <details><summary>Solution</summary>
#
# ```python
# both = store.scenario(projects_awarded={"EN2020": 500}, budget_awarded={"EN2020": 7_500_000})
# both.figure("en2020_mean_grant").text(LANGUAGE)
# ```
# </details>
#
# 2. Suppose an interval: from 450 to 550 projects.
#
# <details><summary>Solution</summary>
#
# ```python
# bounds(store.scenario(projects_awarded={"EN2020": (450, 550)}))
# ```
# </details>

# %%
real, told = bounds(store), bounds(fewer)
grant = fewer.figure("en2020_mean_grant")
known, counted = (one.winners().set_index("call")["projects_awarded"].sum() for one in (store, fewer))
assert known - counted == 679 - 500
assert store.figure("en2020_projects").value == 679, "la base n’a pas changé"

# %% lang="fr"
Markdown(
    f"**Réponse (hypothèse).** Appels EN1 à EN2020. Implantations : de **{told['sites_lower']:_.0f} à {told['sites_upper']:_.0f}**, et non de "
    f"{real['sites_lower']:_.0f} à {real['sites_upper']:_.0f} ; montant moyen : **{grant.text('fr')}**, et non "
    f"{store.figure('en2020_mean_grant').text('fr')} ; projets : {counted:_}, et non {known:_}.".replace(
        "_", "\u202f"
    )
)

# %% lang="en"
Markdown(
    f"**Answer (supposition).** Calls EN1 to EN2020. School sites: **{told['sites_lower']:,.0f} to {told['sites_upper']:,.0f}**, not "
    f"{real['sites_lower']:,.0f} to {real['sites_upper']:,.0f}; mean grant: **{grant.text('en')}**, not "
    f"{store.figure('en2020_mean_grant').text('en')}; projects: {counted:,}, not {known:,}."
)
