"""What programs ask: figures, measures, published numbers and what is new, as JSON.

`addresses` declares what may be asked and answers it; routes, checks of parameters and the description for
programs (OpenAPI) are made from these declarations.
"""

from dashboards.api.routes import api, problem_json

__all__ = ["api", "problem_json"]
