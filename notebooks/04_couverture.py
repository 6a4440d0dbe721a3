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
# # 04 – Couverture : ce que l’on peut dire, et ce que l’on ne peut pas
# **Question.** Quelle part des implantations chaque programme a-t-il atteinte ?

# %%
import ennum_stats

store = ennum_stats.open()
coverage = store.coverage(universe="implantations")
coverage[["programme", "basis", "share", "share_lower", "share_upper", "comparable"]]

# %%
store.measure("coverage")

# %%
store.chart("coverage_by_programme")

# %% [markdown]
# Une largeur d’intervalle est une ignorance : elle dit combien de documents manquent.

# %%
width = (coverage["share_upper"] - coverage["share_lower"]).fillna(1)
widths = dict(zip(zip(coverage["programme"], coverage["basis"], strict=True), width, strict=True))
row = coverage.set_index(["programme", "basis"]).loc[("ecole_numerique", "convention")]
assert row["share_lower"] <= row["share_upper"]
widths

# %% [markdown]
# **Réponse.** Entre les deux bornes de chaque ligne, et rien de plus précis. Les lignes où `comparable` est faux ne se
# comparent pas aux autres.
#
# **Limites.** Projets et implantations ne sont pas la même chose ; l’univers d’environ 3 800 implantations se lit de
# trois façons (promotion sociale dedans, à côté ou ôtée), que `store.coverage()` donne toutes.
