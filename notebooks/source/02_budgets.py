# %% [markdown] lang="fr"
# # 02 – Budgets
# **Question.** Combien a-t-on dépensé et attribué depuis 1999, aux prix de l’époque et à ceux de 2024, et que sait-on année par
# année ?

# %% [markdown] lang="en"
# # 02 – Budgets
# **Question.** How much was spent and awarded since 1999, at the prices of the time and at those of 2024, and what is known year
# by year?

# %% [markdown] lang="fr"
# ## Appel par appel
# Un appel s’étend sur une ou deux années scolaires : aux prix d’une année il n’a que des bornes, qui contiennent toutes les
# répartitions possibles de la dépense. EN2020, ouvert en 2020, est d’une seule année.

# %% [markdown] lang="en"
# ## Call by call
# A call spans one or two school years: at the prices of a year it has bounds alone, which contain every way the spending can be
# spread over them. EN2020 opened in 2020, and is of one year alone.

# %%
nominal = store.budgets(by="call")
real = store.budgets(by="call", prices="real:2024")
calls = nominal.merge(real, on="call", suffixes=("", "_2024")).dropna(subset=["value", "lower_2024"])
calls[["call", "value", "lower_2024", "upper_2024"]]

# %%
names = {"fr": ("prix de 2024", "prix de l’époque"), "en": ("prices of 2024", "prices of the time")}[LANGUAGE]
spans = calls.assign(
    width=calls["upper_2024"] - calls["lower_2024"]
)  # anything between two bounds is possible
figure = px.bar(spans, x="call", y="width", base="lower_2024", labels={"call": "", "width": "€"})
figure.update_traces(name=names[0], showlegend=True)
figure.add_scatter(x=calls["call"], y=calls["value"], mode="markers", name=names[1])

# %% [markdown] lang="fr"
# ## Année par année
# D’un programme de plusieurs années, les documents donnent le total et la période : ce qu’une année en a eu n’est pas connu. Le
# tableau donne donc, pour chaque année, ce qu’elle a au moins et au plus, et le total depuis le début. Un appel qui a eu lieu et
# dont le budget n’est pas connu (`calls_not_known`) peut avoir attribué tout montant : ses années n’ont pas de borne haute.

# %% [markdown] lang="en"
# ## Year by year
# Of a programme of several years, documents give the total and the period: what one year had of it is not known. The table
# gives for each year what it had at least and at most, and the total since the beginning. A call that took place and whose budget
# is not known (`calls_not_known`) may have awarded any amount: its years have no upper bound.

# %%
years = store.budgets(by="year")
years[["year", "lower", "upper", "cumulated_lower", "cumulated_upper", "calls_not_known"]].tail(8)

# %% [markdown] lang="fr"
# La somme de la colonne `value` vaudrait seulement les années connues ; celle des bornes hautes compterait les mêmes millions
# plusieurs fois. Entre les deux courbes, tout est possible :

# %% [markdown] lang="en"
# The sum of the column `value` would be that of the known years alone; that of the upper bounds would count the same millions
# several times. Between the two curves, anything is possible:

# %%
band = years.melt("year", ["cumulated_lower", "cumulated_upper"], var_name="bound", value_name="euro")
px.line(
    band, x="year", y="euro", color="bound", line_shape="hv", labels={"year": "", "euro": "€"}
).update_xaxes(tickformat="d")

# %%
total = store.total("budgets", by="year").iloc[0]
total_2024 = store.total("budgets", by="year", prices="real:2024").iloc[0]
closed = store.figure("total_investment")  # 1999–2019: every part of it is known
pd.DataFrame([total, total_2024], index=["nominal", "2024"])[["lower", "upper"]]

# %% [markdown] lang="fr"
# **Limites.** L’indice est celui des prix à la consommation, pas celui du matériel informatique. Un total avec un appel dont le
# budget n’est pas connu n’est su qu’« au moins ». Un budget attribué n’est pas une dépense.
#
# ## Exercices
# 1. De combien la somme naïve des bornes hautes dépasse-t-elle celle du total, là où il y en a ?
#
# <details><summary>Solution</summary>
#
# ```python
# years["upper"].sum() / years["cumulated_upper"].max()
# ```
# </details>
#
# 2. L’ordre des appels par budget change-t-il aux prix de 2024 ?
#
# <details><summary>Solution</summary>
#
# ```python
# calls[["value", "lower_2024", "upper_2024"]].rank().set_index(calls["call"])
# ```
# </details>

# %% [markdown] lang="en"
# **Limits.** The index is that of consumer prices, not of computer equipment. A total with a call whose budget is not known is only
# known as “at least”. A budget awarded is not money spent.
#
# ## Exercises
# 1. By how much does the naive sum of the upper bounds exceed that of the total, where there are any?
#
# <details><summary>Solution</summary>
#
# ```python
# years["upper"].sum() / years["cumulated_upper"].max()
# ```
# </details>
#
# 2. Does the order of the calls by budget change at the prices of 2024?
#
# <details><summary>Solution</summary>
#
# ```python
# calls[["value", "lower_2024", "upper_2024"]].rank().set_index(calls["call"])
# ```
# </details>

# %%
ended = years.dropna(subset=["upper"])
assert ended["upper"].sum() > ended["cumulated_upper"].iloc[-1], "les mêmes millions, comptés plusieurs fois"
least, least_2024 = (
    int(row["lower"] // 1_000_000) for row in (total, total_2024)
)  # a bound is rounded outwards
assert pd.isna(total["upper"]), "un appel qui a eu lieu n’est pas connu"

# %% lang="fr"
Markdown(
    f"**Réponse.** **Au moins {least} millions d’euros** aux prix de l’époque, au moins {least_2024} millions à ceux de 2024. Pour les "
    f"vingt années 1999-2019, dont tout est connu : **{closed.text('fr')}**. Par année, l’essentiel n’est connu que comme une part de "
    f"plusieurs années."
)

# %% lang="en"
Markdown(
    f"**Answer.** **At least {least} million euros** at the prices of the time, at least {least_2024} million at those of 2024. For "
    f"the twenty years 1999–2019, of which all is known: **{closed.text('en')}**. By year, most of it is known only as a part of "
    f"several years."
)
