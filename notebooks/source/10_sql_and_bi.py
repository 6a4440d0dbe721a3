# %% [markdown] lang="fr"
# # 10 – SQL et outils décisionnels
# **Question.** Quels documents portent le plus de nombres, et comment un outil qui parle SQL lit-il la base sans se tromper ?

# %% [markdown] lang="en"
# # 10 – SQL and BI tools
# **Question.** Which documents hold most numbers, and how does a tool that speaks SQL read the store without going wrong?

# %%
publishers = store.sql(
    """
    SELECT s.publisher, count(*) AS numbers, min(o.known_on) AS first
    FROM observations o JOIN sources s USING (source_id)
    GROUP BY ALL ORDER BY numbers DESC, publisher LIMIT 12
    """
)
px.bar(
    publishers.iloc[::-1],
    x="numbers",
    y="publisher",
    orientation="h",
    labels={"numbers": "", "publisher": ""},
)

# %% [markdown] lang="fr"
# ## Une fenêtre : ce que chaque document ajoute au précédent

# %% [markdown] lang="en"
# ## A window: what each document adds to the one before

# %%
store.sql(
    """
    SELECT o.known_on, s.publisher, o.call, o.value,
           o.value - lag(o.value) OVER (PARTITION BY o.call ORDER BY o.known_on, s.source_id) AS change
    FROM observations o JOIN sources s USING (source_id)
    WHERE o.measure = 'budget_awarded' AND o.call IN ('EN2018', 'EN2019')
    ORDER BY o.call, o.known_on
    """
)

# %% [markdown] lang="fr"
# ## Le piège : la somme « naturelle »
# La table `observations` a tous les nombres imprimés : désaccords, parties et totaux ensemble. Leur somme n’est la somme de rien.

# %% [markdown] lang="en"
# ## The trap: the “natural” sum
# The table `observations` has all printed numbers: disagreements, parts and totals together. Their sum is the sum of nothing.

# %%
naive = store.sql(
    "SELECT sum(value) AS projects FROM observations WHERE measure = 'projects_awarded'"
)
right = store.total("winners", "projects_awarded")
naive.assign(published_at_least=right["lower"])

# %% [markdown] lang="fr"
# Pour un nombre par appel, prenez les mesures : elles choisissent, et disent comment. Elles se donnent à la requête en les nommant,
# comme une table à vous :

# %% [markdown] lang="en"
# For one number a call take the measures: they choose, and say how. They are given to the query by name, like a table of your own:

# %%
calls = store.winners().astype({"call": str})
store.sql(
    """
    SELECT call, projects_awarded, round(100 * projects_awarded / sum(projects_awarded) OVER (), 1) AS percent
    FROM calls WHERE projects_awarded IS NOT NULL
    """,
    calls=calls,
)

# %% [markdown] lang="fr"
# ## Pour Metabase, Superset, Power BI
# Donnez-leur des fichiers Parquet : types, dates et codes restent ce qu’ils sont.

# %% [markdown] lang="en"
# ## For Metabase, Superset, Power BI
# Give them Parquet files: types, dates and codes stay what they are.

# %%
import tempfile
from pathlib import Path

folder = Path(tempfile.mkdtemp())
for name, frame in {
    "winners": calls,
    "budgets": store.budgets(),
    "coverage": store.coverage(),
}.items():
    frame.to_parquet(folder / f"{name}.parquet")
pd.testing.assert_frame_equal(pd.read_parquet(folder / "winners.parquet"), calls)
sorted(path.name for path in folder.iterdir())

# %% [markdown] lang="fr"
# Une requête qui voudrait écrire est refusée :

# %% [markdown] lang="en"
# A query that would write is refused:

# %%
try:
    store.sql("DELETE FROM observations")
except ennum_stats.UsageError as error:
    print(error)

# %% [markdown] lang="fr"
# **Limites.** Une requête voit les nombres imprimés, désaccords compris, tels que connus au jour de la base.
#
# ## Exercices
# 1. Quelles tables y a-t-il, et que contient `sources` ?
#
# <details><summary>Solution</summary>
#
# ```python
# store.sql("SHOW TABLES"), store.sql("DESCRIBE sources")
# ```
# </details>
#
# 2. La même première requête, en polars ?
#
# <details><summary>Solution</summary>
#
# ```python
# store.polars.sql("SELECT measure, count(*) AS n FROM observations GROUP BY ALL ORDER BY n DESC LIMIT 5")
# ```
# </details>

# %% [markdown] lang="en"
# **Limits.** A query sees the printed numbers, disagreements included, as known on the store’s day.
#
# ## Exercises
# 1. Which tables are there, and what does `sources` hold?
#
# <details><summary>Solution</summary>
#
# ```python
# store.sql("SHOW TABLES"), store.sql("DESCRIBE sources")
# ```
# </details>
#
# 2. The same first query, in polars?
#
# <details><summary>Solution</summary>
#
# ```python
# store.polars.sql("SELECT measure, count(*) AS n FROM observations GROUP BY ALL ORDER BY n DESC LIMIT 5")
# ```
# </details>

# %%
most = publishers.iloc[0]
wrong, least = float(naive["projects"].iloc[0]), float(right["lower"].iloc[0])
assert wrong > 2 * least

# %% lang="fr"
Markdown(
    f"**Réponse.** {most['publisher']} vient en tête, avec {most['numbers']} nombres. Une somme naïve des projets donne "
    f"{wrong:.0f}, là où les documents en disent **{least:.0f} au moins** : prenez les mesures pour sommer, SQL pour chercher."
)

# %% lang="en"
Markdown(
    f"**Answer.** {most['publisher']} comes first, with {most['numbers']} numbers. A naive sum of projects gives {wrong:.0f}, where "
    f"documents say **at least {least:.0f}**: take the measures to sum, SQL to search."
)
