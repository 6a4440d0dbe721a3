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
# # 03 – Lauréats et montants moyens
# **Question.** Le dossier dit que le nombre de projets a baissé en EN2018 parce que les montants ont augmenté. Les nombres
# le soutiennent-ils ?

# %%
from math import log

import ennum_stats

store = ennum_stats.open(known_at="2020-01-31")
columns = ["projects_introduced", "projects_awarded", "budget_awarded", "mean_grant"]
table = store.winners().set_index("call").loc[["EN2017", "EN2018"], columns]
table

# %% [markdown]
# Le nombre de projets est le budget divisé par le montant moyen : la baisse se partage exactement entre les deux (en
# logarithmes).

# %%
ratio = {name: float(table[name].iloc[1] / table[name].iloc[0]) for name in columns}
of_grant = -log(ratio["mean_grant"]) / log(ratio["projects_awarded"])
f"montant moyen × {ratio['mean_grant']:.2f}, budget × {ratio['budget_awarded']:.2f} : le montant explique {of_grant:.0%}"

# %% [markdown]
# Une autre lecture : a-t-on simplement introduit moins de projets ?

# %%
rate = table["projects_awarded"] / table["projects_introduced"]
f"introduits × {ratio['projects_introduced']:.2f} ; taux de sélection de {rate.iloc[0]:.0%} à {rate.iloc[1]:.0%}"

# %%
assert of_grant > 0.5
assert ratio["projects_introduced"] < 1

# %% [markdown]
# **Réponse.** Oui, arithmétiquement : le budget a peu bougé, le montant moyen a nettement augmenté. Mais les projets
# introduits ont baissé presque autant que les retenus : les nombres ne distinguent pas la cause.
#
# **Limites.** Deux appels, des totaux : aucune donnée par projet. « Parce que » reste une affirmation du dossier.
