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
# # 01 – Premiers pas
# **Question.** Combien de projets chaque appel d’École Numérique a-t-il retenus, et comment le sait-on ?

# %%
import ennum_stats

store = ennum_stats.open()
store.chart("winners_per_call")

# %% [markdown]
# Un chiffre porte ses documents, sa formule et ses réserves :

# %%
store.figure("total_investment")

# %% [markdown]
# Une mesure se montre en mots, et se prend comme un DataFrame ordinaire, avec ses bornes :

# %%
store.measure("winners")

# %%
winners = store.winners()
winners[["call", "projects_awarded", "projects_awarded_lower", "projects_awarded_upper"]]

# %% [markdown]
# Tout se redemande tel que connu un jour passé. Ce qui a changé depuis le dossier de janvier 2020 :

# %%
then = ennum_stats.open(known_at="2020-01-31")
changed = then.diff(store)
changed[["label", "before_text", "after_text"]]

# %%
assert len(changed), "rien n’a été publié depuis janvier 2020 ?"
assert then.figure("en2020_projects").value is None

# %% [markdown]
# **Réponse.** Le graphique et le tableau la donnent, appel par appel ; `observations` en donne les documents.
#
# **Limites.** Un projet n’est pas une école : une école peut gagner plusieurs fois. Une cellule `<NA>` n’est pas zéro.
