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
# # 07 – Votre question : SQL, polars, et une table à vous
# **Question.** Quels documents portent le plus de nombres, et comment joindre une table extérieure ?

# %%
import polars as pl

import ennum_stats

store = ennum_stats.open()
store.sql(
    """
    SELECT s.publisher, count(*) AS numbers, min(o.known_on) AS first
    FROM observations o JOIN sources s USING (source_id)
    GROUP BY ALL ORDER BY numbers DESC, publisher LIMIT 10
    """
)

# %% [markdown]
# Les mêmes mesures en polars :

# %%
winners = store.polars.winners()
winners.select("call", "projects_awarded", "mean_grant").filter(pl.col("projects_awarded") > 300)

# %% [markdown]
# Une table à vous (ici **inventée**) se joint en la nommant ; la requête ne lit aucun fichier elle-même.

# %%
mine = pl.DataFrame({"call": ["EN2018", "EN2019"], "my_estimate": [320, 510]})
joined = store.polars.sql(
    """
    SELECT o.call, o.value, mine.my_estimate, o.source_id
    FROM observations o JOIN mine USING (call)
    WHERE o.measure = 'projects_awarded' AND o.level IS NULL AND o.province IS NULL
    ORDER BY ALL
    """,
    mine=mine,
)
joined

# %%
assert joined.height >= 2
try:
    store.sql("DELETE FROM observations")
except ennum_stats.UsageError as error:
    print(error)

# %% [markdown]
# **Réponse.** La première table ; `store.sql("SHOW TABLES")` et le dictionnaire des données donnent le reste.
#
# **Limites.** Une requête voit les nombres imprimés, désaccords compris. Pour un nombre par appel, prenez les mesures :
# elles choisissent, et disent comment.
