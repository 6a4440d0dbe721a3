"""One module a page: each calls `dashboards.registry.register_page` once, and is found by being here."""
