"""The guide's page is added as the guide says, and served."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "dashboard.md").read_text("utf-8")


def test_the_page_of_the_guide_is_one_module_and_is_served(project, tmp_path):
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    (tmp_path / "grants.py").write_text(code, "utf-8")
    told = """
import sys
from pathlib import Path
from dashboards import pages
pages.__path__.append(sys.argv[1])
from dashboards.app import create_app
from ennum_stats.project import Project
client = create_app(Project(Path(sys.argv[2]))).server.test_client()
answer = client.get("/fr/grants?known_at=2020-01-31&charts=tables")
print(answer.status_code)
print(answer.get_data(as_text=True))
print(client.get("/fr/").get_data(as_text=True).count("/fr/grants"))
"""
    line = [sys.executable, "-W", "error", "-c", told, str(tmp_path), str(project.root)]
    done = subprocess.run(line, capture_output=True, text=True, check=True, cwd=ROOT)
    code, *page, links = done.stdout.splitlines()
    text = "\n".join(page)
    assert code == "200"
    assert "503" in text  # the winners of 2019, as the kit gives them
    assert 'id="mean-grant-per-call-table"' in text
    assert int(links) >= 1  # the navigation shows it


def test_every_helper_of_the_guide_exists():
    from dashboards import components

    (table,) = re.findall(r"\| aide .*?\n\n", GUIDE, re.DOTALL)
    named = re.findall(r"`(\w+)`", table.split("\n", 2)[2])
    assert sorted(named) == sorted(components.__all__)
