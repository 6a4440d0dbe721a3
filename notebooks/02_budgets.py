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
# # 02 – Budgets : aux prix de l’époque, et aux prix de 2019
# **Question.** Que pèsent les budgets des appels une fois l’inflation retirée ?

# %%
import ennum_stats

store = ennum_stats.open(known_at="2020-01-31")
nominal = store.budgets(by="call").set_index("call")
real = store.budgets(by="call", prices="real:2019").set_index("call")
both = nominal[["value"]].join(real[["lower", "upper"]], rsuffix="_real")
both.dropna()

# %% [markdown]
# Un appel s’étend sur plus d’une année : aux prix de 2019 il a des bornes, et pas de valeur. Les bornes contiennent
# toutes les répartitions possibles de la dépense entre ces années.

# %%
known = both.dropna()
width = ((known["upper"] - known["lower"]) / known["upper"]).max()
growth = (known["lower"] / known["value"] - 1).max()
f"bornes larges d’au plus {width:.1%} ; effet des prix d’au plus {growth:.1%} au moins"

# %%
store.chart("cumulated_investment")

# %% [markdown]
# **Réponse.** L’ordre des appels ne dépend pas des prix : l’inflation de ces années est petite devant les écarts.

# %%
assert list(known["value"].rank()) == list(known["lower"].rank()) == list(known["upper"].rank())

# %% [markdown]
# **Limites.** L’indice est celui des prix à la consommation, pas celui du matériel informatique, dont les prix ont
# évolué autrement. Les montants arrondis restent des intervalles.
