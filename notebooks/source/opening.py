# %% lang="fr"
# Ce qu’il faut : le projet et son environnement (dans le dossier du projet : python3 run.py notebooks).
try:
    import ennum_stats
    import pandas as pd
    import plotly.express as px
except ImportError as missing:
    raise ImportError(
        f"Il manque « {missing.name} » à ce noyau. Dans le dossier du projet : python3 run.py setup notebooks, "
        "puis python3 run.py notebooks, et le noyau « Python 3 (ipykernel) »."
    ) from None
from IPython.display import Markdown

LANGUAGE = "fr"
px.defaults.template = "ennum"  # le style de la maison
store = ennum_stats.open()  # construit la base la première fois ; dit ce qui manque

# %% lang="en"
# What is needed: the project and its environment (in the project’s folder: python3 run.py notebooks).
try:
    import ennum_stats
    import pandas as pd
    import plotly.express as px
except ImportError as missing:
    raise ImportError(
        f"This kernel has no “{missing.name}”. In the project’s folder: python3 run.py setup notebooks, "
        "then python3 run.py notebooks, and the kernel “Python 3 (ipykernel)”."
    ) from None
from IPython.display import Markdown

LANGUAGE = "en"
px.defaults.template = "ennum-en"  # the house’s look
store = ennum_stats.open()  # builds the store the first time; says what is missing
