"""Save the project's notebooks without outputs, so that git sees a change only where a person made one.

`python3 run.py notebooks` tells JupyterLab to read this, beside the user's own settings. Outputs stay on the page
until it is closed. Notebooks saved elsewhere than in `fr` and `en` keep theirs.
"""

OURS = ("fr", "en")


def without_outputs(model, path="", **_others):
    """Take out of a notebook what running it put there; the contents manager calls this before it saves."""
    if model["type"] != "notebook" or path.strip("/").partition("/")[0] not in OURS:
        return
    notebook = model["content"]
    notebook["metadata"].pop("language_info", None)
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        if cell["cell_type"] == "code":
            cell["outputs"] = []
            cell["execution_count"] = None


c.FileContentsManager.pre_save_hook = without_outputs  # noqa: F821 - jupyter gives `c`
