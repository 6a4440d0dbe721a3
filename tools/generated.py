"""Write all that is generated from the code: analysts' methods, data dictionary, pages of commands and figures,
notebooks. The store must be built; `python -m tools.generated` after a change of a measure, figure or command.
"""

from __future__ import annotations

from runpy import run_module

MODULES = ("store_methods", "data_dictionary", "reference", "notebooks")

if __name__ == "__main__":
    for name in MODULES:
        try:
            run_module(f"tools.{name}", run_name="__main__")
        except SystemExit as end:
            if end.code:
                raise
