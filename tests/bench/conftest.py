"""The servers that the tests of the dashboard ask, for benchmarks that change nothing."""

from tests.dashboard.conftest import counted_server, project, served_once, server

__all__ = ["counted_server", "project", "served_once", "server"]
