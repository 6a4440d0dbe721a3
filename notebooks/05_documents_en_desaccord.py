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
# # 05 – Quand les documents se contredisent
# **Question.** Sur quels nombres les documents ne peuvent-ils pas avoir raison tous ensemble, et lequel est retenu ?

# %%
import ennum_stats

store = ennum_stats.open()
conflicts = store.conflicts()
conflicts[["subject", "kind_name", "chosen_text", "other_text", "relative_distance"]]

# %% [markdown]
# Tous les documents sur le budget d’EN2018, dans l’ordre des jours où ils ont paru :

# %%
found = store.observations("budget_awarded", call="EN2018")
found[["known_on", "source_title", "value", "lower", "upper", "precision"]]

# %%
assert len(conflicts)
assert float(store.figure("en2018_budget").value) in set(found["value"])

# %% [markdown]
# **Réponse.** Est retenu le document du meilleur rang, puis le plus récent, puis le plus précis de ceux qui
# s’accordent avec lui ; les autres restent, visibles.
#
# **Limites.** Le rang d’un document est une règle, pas une preuve. Un désaccord peut venir de deux populations que les
# documents ne distinguent pas.
