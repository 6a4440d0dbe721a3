# %% [markdown] lang="fr"
# # 04 – Couverture et règles
# **Question.** Quelle part des implantations École Numérique a-t-il atteinte, depuis quand le sait-on, et grâce à quelle règle ?

# %% [markdown] lang="en"
# # 04 – Coverage and rules
# **Question.** What share of the school sites has École Numérique reached, since when is it known, and thanks to which rule?

# %%
coverage = store.coverage(universe="implantations", labels=LANGUAGE)
coverage[["programme_name", "basis_name", "share_lower", "share", "share_upper", "comparable"]]

# %% [markdown] lang="fr"
# Une largeur d’intervalle est une ignorance : les totaux publiés ne disent pas combien d’écoles ont
# gagné plusieurs fois. Ce que les documents disent des règles des appels resserre l’intervalle.

# %% [markdown] lang="en"
# The width of an interval is ignorance: the totals published do not say how many schools won several times. What
# documents say of the rules of the calls narrows it.

# %%
store.rules(language=LANGUAGE)[["rule", "meaning", "calls", "excluded_calls", "documents"]].head(8)

# %% [markdown] lang="fr"
# ## Ce que l’on savait, année après année
# Tant que les lauréats d’un appel qui a eu lieu ne sont pas connus, la part n’est qu’« au moins ». Des appels connus, elle a deux
# bornes :

# %% [markdown] lang="en"
# ## What was known, year after year
# While the winners of a call that took place are not known, the share is only “at least”. Of the calls that are known it has two
# bounds:

# %%
from math import ceil, floor

history = []
for year in range(2020, 2025):
    then = store.known_on(pd.Timestamp(year, 12, 31).date())
    known = then.coverage(universe="implantations").set_index(["programme", "basis"])
    calls = known.loc[("ecole_numerique", "convention"), "calls_covered"].split()
    row = then.coverage(calls=calls, universe="implantations").set_index("basis").loc["convention"]
    history.append({"year": year, "lower": float(row["share_lower"]), "upper": float(row["share_upper"])})
history = pd.DataFrame(history).assign(width=lambda table: table["upper"] - table["lower"])
history

# %%
px.bar(
    history, x="year", y="width", base="lower", range_y=[0, 1], labels={"year": "", "width": "", "lower": ""}
).update_xaxes(tickformat="d")

# %% [markdown] lang="fr"
# ## Sensibilité : sans chacune des règles
# `store.sensitivity` recalcule la couverture sans chaque règle à son tour.

# %% [markdown] lang="en"
# ## Sensitivity: without each of the rules
# `store.sensitivity` computes the coverage again without each rule in turn.

# %%
calls = ["EN1", "EN2", "EN3", "EN2017", "EN2018", "EN2019", "EN2020"]
rules = store.sensitivity(calls=calls, universe="implantations")
rules = rules[rules["basis"] == "convention"].assign(without=lambda table: table["without"].fillna("–"))
rules[["without", "sites_lower", "sites_upper", "share_lower", "share_upper"]]

# %%
from textwrap import wrap

meanings = store.rules(language=LANGUAGE).set_index("rule")["meaning"]
widths = rules.assign(
    width=rules["sites_upper"] - rules["sites_lower"],
    rule=["<br>".join(wrap(meanings.get(code, code), 60)) for code in rules["without"]],
).astype({"width": float})
px.bar(
    widths,
    y="rule",
    x="width",
    base="sites_lower",
    orientation="h",
    labels={"rule": "", "width": "implantations", "sites_lower": ""},
    height=90 + 45 * len(widths),
)

# %% [markdown] lang="fr"
# **Limites.** Projets et implantations ne sont pas la même chose. L’univers d’environ 3 800 implantations
# (`press-kit-2020`) se lit de trois façons
# (promotion sociale dedans, à côté ou ôtée) : `store.coverage()` les donne toutes. Ce qui n’est pas `comparable` ne se compare pas.
#
# ## Exercices
# 1. Que devient la couverture sans la seule règle `en2017_2020_union` ?
#
# <details><summary>Solution</summary>
#
# ```python
# store.coverage(calls=calls, without=["en2017_2020_union"], universe="implantations")
# ```
# </details>
#
# 2. Quelle règle ne change rien, et pourquoi ?
#
# <details><summary>Solution</summary>
#
# ```python
# whole = rules.iloc[0]
# rules[(rules["sites_lower"] == whole["sites_lower"]) & (rules["sites_upper"] == whole["sites_upper"])]
# # ce qu’elles disent suit déjà des autres
# ```
# </details>

# %% [markdown] lang="en"
# **Limits.** Projects and school sites are not the same thing. The universe of about 3,800 sites
# (`press-kit-2020`) can be read in three ways (adult
# education in it, beside it, or taken off): `store.coverage()` gives all of them. What is not `comparable` is not to be compared.
#
# ## Exercises
# 1. What becomes of the coverage without the rule `en2017_2020_union`?
#
# <details><summary>Solution</summary>
#
# ```python
# store.coverage(calls=calls, without=["en2017_2020_union"], universe="implantations")
# ```
# </details>
#
# 2. Which rule changes nothing, and why?
#
# <details><summary>Solution</summary>
#
# ```python
# whole = rules.iloc[0]
# rules[(rules["sites_lower"] == whole["sites_lower"]) & (rules["sites_upper"] == whole["sites_upper"])]
# # what they say follows from the others
# ```
# </details>

# %%
reached = store.figure("en_coverage_all_calls")
first = history.iloc[0]
low, high = floor(100 * first["lower"]), ceil(100 * first["upper"])  # bounds are rounded outwards
width = rules.set_index("without").eval("sites_upper - sites_lower")
told = store.rules().dropna(subset=["documents"])["rule"]  # not those of logic alone
decisive = width[width.index.isin(told)].idxmax()
meaning = meanings[decisive].removesuffix(".")
assert width["–"] == width.min()

# %% lang="fr"
wider = f"{width[decisive]:_.0f}".replace("_", "\u202f")
Markdown(
    f"**Réponse.** **{reached.full_text('fr').capitalize()}** des implantations. Fin 2020 on disait, des appels alors connus, de {low} % "
    f"à {high} %. Des règles que disent les documents, celle qui resserre le plus est « {meaning} » : sans elle l’intervalle des appels "
    f"EN1 à EN2020 compterait {wider} implantations au lieu de {width['–']:.0f}."
)

# %% lang="en"
Markdown(
    f"**Answer.** **{reached.full_text('en').capitalize()}** of the school sites. At the end of 2020 it was, of the calls known then, from "
    f"{low}% to {high}%. Of the rules that documents tell, the one that narrows most is “{meaning}”: without it the interval of the "
    f"calls EN1 to EN2020 would be {width[decisive]:,.0f} sites wide instead of {width['–']:,.0f}."
)
