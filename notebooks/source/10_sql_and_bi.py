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
    WHERE o.measure = $measure AND o.call IN ($first, $second)
    ORDER BY o.call, o.known_on
    """,
    {"measure": "budget_awarded", "first": "EN2018", "second": "EN2019"},
)

# %% [markdown] lang="fr"
# ## Le piège : la somme « naturelle »
# La table `observations` a tous les nombres imprimés : désaccords, parties et totaux ensemble. Leur somme n’est la somme de rien.

# %% [markdown] lang="en"
# ## The trap: the “natural” sum
# The table `observations` has all printed numbers: disagreements, parts and totals together. Their sum is the sum of nothing.

# %%
naive = store.sql("SELECT sum(value) AS projects FROM observations WHERE measure = 'projects_awarded'")
right = store.sql("SELECT sum(projects_awarded) AS projects FROM winners_by_call")
pd.concat({"observations": naive, "winners_by_call": right})

# %% [markdown] lang="fr"
# Les vues (`winners_by_call`, `budgets_by_programme`, `coverage`, `timeline`) ont une ligne par chose : là, la somme naturelle est la
# bonne. Une table à vous se donne à la requête en la nommant :

# %% [markdown] lang="en"
# The views (`winners_by_call`, `budgets_by_programme`, `coverage`, `timeline`) have one row a thing: there the natural sum is the right
# one. A table of your own is given to the query by name:

# %%
mine = pd.DataFrame({"call": ["EN2018", "EN2019", "EN2020"], "my_estimate": [320, 510, 700]})
store.sql(
    """
    SELECT w.call, w.projects_awarded, mine.my_estimate, mine.my_estimate - w.projects_awarded AS difference
    FROM winners_by_call w JOIN mine ON w.call = mine.call
    """,
    mine=mine,
)

# %% [markdown] lang="fr"
# ## Pour Metabase, Superset, Power BI
# La base publiée est aussi un fichier DuckDB de nom stable, `data/processed/ennum.duckdb`, avec un commentaire par table et par
# colonne, et les mêmes tables en Parquet. C’est ce que lit un outil :

# %% [markdown] lang="en"
# ## For Metabase, Superset, Power BI
# The published store is also a DuckDB file of a stable name, `data/processed/ennum.duckdb`, with a comment on each table and column,
# and the same tables as Parquet. This is what a tool reads:

# %%
import duckdb
from ennum_stats.project import Project

shared = Project.at().root / "data" / "processed" / "ennum.duckdb"
with duckdb.connect(shared, read_only=True) as reader:
    views = reader.sql("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").df()
views

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
wrong, least = float(naive["projects"].iloc[0]), float(right["projects"].iloc[0])
assert wrong > 2 * least

# %% lang="fr"
Markdown(
    f"**Réponse.** {most['publisher']} vient en tête, avec {most['numbers']} nombres. Une somme naïve des projets donne "
    f"{wrong:_.0f}, là où les appels dont le nombre est publié en ont retenu **{least:_.0f}**".replace(
        "_", "\u202f"
    )
    + " : sommez les vues, cherchez dans `observations`."
)

# %% lang="en"
Markdown(
    f"**Answer.** {most['publisher']} comes first, with {most['numbers']} numbers. A naive sum of projects gives {wrong:,.0f}, where "
    f"the calls whose number is published awarded **{least:,.0f}**: sum the views, search `observations`."
)
