# %% [markdown] lang="fr"
# # 01 – Premiers pas
# **Question.** Combien de projets l’appel EN2019 a-t-il retenus, et comment le sait-on ? On suit un nombre, du document à la
# phrase.

# %% [markdown] lang="en"
# # 01 – First steps
# **Question.** How many projects did the call EN2019 award, and how do we know? We follow one number, from the document to
# the sentence.

# %% [markdown] lang="fr"
# Le graphique du dossier de presse d’abord. Il se zoome, et l’on y lit chaque valeur.

# %% [markdown] lang="en"
# First the chart of the press kit. It zooms, and shows each value on hover.

# %%
store.chart("winners_per_call", LANGUAGE)

# %% [markdown] lang="fr"
# ## 1. Ce qui est imprimé
# Chaque ligne est un nombre d’un document, tel qu’imprimé, avec l’endroit et le jour où il a été connu.

# %% [markdown] lang="en"
# ## 1. What is printed
# Each row is one number of one document, as printed, with the place and the day it became known.

# %%
printed = store.observations("projects_awarded", call="EN2019", broken_down=False)
printed[["known_on", "source_title", "locator", "printed", "precision", "lower", "upper"]]

# %% [markdown] lang="fr"
# ## 2. Ce qui en est retenu
# Quand les documents divergent, une règle choisit (carnet 05). Le chiffre garde ses documents, son calcul et ses réserves.

# %% [markdown] lang="en"
# ## 2. What is taken of it
# Where documents differ, a rule chooses (notebook 05). The figure keeps its documents, its formula and its caveats.

# %%
figure = store.figure("en2019_projects")
pd.Series(
    {
        "label": figure.label(LANGUAGE),
        "text": figure.text(LANGUAGE),
        "formula": figure.formula(LANGUAGE),
        "documents": ", ".join(number.source.title for number in figure.observations),
    }
).to_frame("en2019_projects")

# %% [markdown] lang="fr"
# ## 3. Tous les appels, avec leurs bornes
# Une mesure donne un tableau ordinaire : un nombre, sa borne basse, sa borne haute. `<NA>` veut dire « pas connu », jamais zéro.

# %% [markdown] lang="en"
# ## 3. All calls, with their bounds
# A measure gives a plain table: a number, its lower bound, its upper bound. `<NA>` means “not known”, never zero.

# %%
winners = store.winners(labels=LANGUAGE)
counts = ["projects_awarded", "projects_awarded_lower", "projects_awarded_upper"]
winners[["call", "school_year", *counts]]

# %% [markdown] lang="fr"
# Votre propre graphique, en une ligne :

# %% [markdown] lang="en"
# A chart of your own, in one line:

# %%
known = winners.dropna(subset=["mean_grant"])
px.bar(known, x="call", y="mean_grant", labels={"call": "", "mean_grant": "€"}, text_auto=",.0f")

# %% [markdown] lang="fr"
# ## 4. Un jour du passé
# Tout se redemande tel que connu un jour donné. Ce qui a changé depuis le dossier de presse de janvier 2020 :

# %% [markdown] lang="en"
# ## 4. A past day
# Everything can be asked as known on a given day. What has changed since the press kit of January 2020:

# %%
then = ennum_stats.open(known_at="2020-01-31")
changed = then.diff(store, language=LANGUAGE)
changed[["label", "before_text", "after_text"]].head(10)

# %% [markdown] lang="fr"
# **Limites.** Un projet n’est pas une école : une école peut gagner plusieurs fois. Et le nombre d’un communiqué n’est pas une
# liste : il ne dit pas quelles écoles.
#
# ## Exercices
# 1. Combien de projets les appels EN1 et EN2 ont-ils retenus ensemble ?
#
# <details><summary>Solution</summary>
#
# ```python
# store.total("winners", "projects_awarded", calls=["EN1", "EN2"])
# ```
# </details>
#
# 2. Que savait-on d’EN2020 le 31 janvier 2020 ?
#
# <details><summary>Solution</summary>
#
# ```python
# then.figure("en2020_projects").text(LANGUAGE)  # pas encore de nombre
# ```
# </details>

# %% [markdown] lang="en"
# **Limits.** A project is not a school: a school can win several times. And the number of a press release is not a list: it
# does not say which schools.
#
# ## Exercises
# 1. How many projects did the calls EN1 and EN2 award together?
#
# <details><summary>Solution</summary>
#
# ```python
# store.total("winners", "projects_awarded", calls=["EN1", "EN2"])
# ```
# </details>
#
# 2. What was known of EN2020 on 31 January 2020?
#
# <details><summary>Solution</summary>
#
# ```python
# then.figure("en2020_projects").text(LANGUAGE)  # no number yet
# ```
# </details>

# %% lang="fr"
source = figure.observations[0].source
Markdown(f"**Réponse.** {figure.label('fr')} : **{figure.text('fr')}** ({source.title}).")

# %% lang="en"
source = figure.observations[0].source
Markdown(f"**Answer.** {figure.label('en')}: **{figure.text('en')}** ({source.title}).")
