"""Start servers in processes of their own, and tell what they use."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.timing import ROOT
from ennum_stats.project import NOT_SHARED

WORKERS = 2
_TENTHS_TO_START = 900
SECONDS_TO_SETTLE = 5
"""Until every worker has opened the store, and made its pages."""
WITHOUT_TLS = {
    " ssl;\n": ";\n",
    "    ssl_certificate     /etc/ssl/certs/chiffres.example.be.pem;\n": "",
    "    ssl_certificate_key /etc/ssl/private/chiffres.example.be.key;\n": "",
}
WITHOUT_LIMITS = {"rate=50r/s": "rate=1000000r/s", "    limit_conn ennum_connections 50;\n": ""}
"""For clients that all come from one address."""


def copied(root: Path) -> Path:
    """Make a project of its own with the public raw tables, and its store."""
    copy_raw(root)
    ennum("build", root)
    return root


def invented(root: Path, sites: int) -> Path:
    """Make a demonstration of so many sites, which is built by that."""
    demo = [*line("demo", ROOT), str(root), "--schools", str(sites)]
    subprocess.run(demo, check=True, capture_output=True, cwd=ROOT)
    return root


def copy_raw(root: Path) -> None:
    """Copy the public raw tables into a folder that has none."""
    private = shutil.ignore_patterns(*NOT_SHARED)
    shutil.copytree(ROOT / "data" / "raw", root / "data" / "raw", ignore=private)


def ennum(command: str, root: Path, *options: str) -> None:
    """Run a command of the package for a project."""
    subprocess.run(line(command, root, *options), check=True, capture_output=True, cwd=ROOT)


def line(command: str, root: Path, *options: str) -> list[str]:
    """The command line of a command, from the code of the folder where it is run."""
    code = "from ennum_stats.cli import main; main()"
    return [sys.executable, "-c", code, command, "--root", str(root), *options]


@contextmanager
def dashboard(root: Path, code: Path = ROOT, workers: int = WORKERS) -> Iterator[tuple[int, int]]:
    """Serve a project's dashboard, from this code or that of another folder; give port and process."""
    port = free_port()
    served = line("dashboard", root, "--port", str(port), "--workers", str(workers))
    with running(served, port, code) as process:
        yield port, process


@contextmanager
def follower(home: Path, address: str) -> Iterator[int]:
    """Serve what was published at an address, as on a machine of its own, which keeps it at `home`; give the port."""
    port = free_port()
    served = line("dashboard", home, "--port", str(port), "--workers", "1", "--from", address)
    with running(served, port, env={"HOME": str(home), "XDG_CACHE_HOME": str(home)}):
        yield port


@contextmanager
def running(
    command: Sequence[str], port: int, folder: Path = ROOT, env: Mapping[str, str] | None = None
) -> Iterator[int]:
    """Run a server until it is used no more; begin once it answers."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, cwd=folder, stdout=quiet, stderr=quiet, env={**os.environ, **(env or {})}
    )
    try:
        _wait(port, process)
        yield process.pid
    finally:
        process.terminate()
        process.wait(15)


@contextmanager
def proxied(folder: Path, ports: Sequence[int], changes: Mapping[str, str]) -> Iterator[int]:
    """Run nginx with the delivered configuration, changed so, before some services; give its port."""
    port, backend = free_port(), "    server 127.0.0.1:{} max_fails=1 fail_timeout=5s;\n"
    told = {
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;", "    listen [::]:443 ssl;\n": "",
        backend.format(8050) + backend.format(8051): "".join(map(backend.format, ports)),
        "/var/log/nginx/ennum-stats.log": str(folder / "access.log"),
        "cache_path /dev/shm/ennum-stats": f"cache_path {folder}/cache", **changes,
    }  # fmt: skip
    text = (ROOT / "docs" / "deploy" / "nginx.conf").read_text("utf-8")
    for old, new in told.items():
        if old not in text:
            raise ValueError(old)
        text = text.replace(old, new)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    user = "user root;" if os.name == "posix" and os.geteuid() == 0 else ""  # whose folder it is
    around = f"{user} daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;\n"
    around += "worker_processes auto;\nevents {}\nhttp {\n"
    (folder / "nginx.conf").write_text(f"{around}{temporary}{text}}}\n", "utf-8")
    command = ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(_TENTHS_TO_START):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            if process.poll() is not None:
                raise OSError((folder / "error.log").read_text())
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(15)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(_TENTHS_TO_START):
        if process.poll() is not None:
            break
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", "/fr/")
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        else:
            time.sleep(SECONDS_TO_SETTLE)
            return
        finally:
            connection.close()
    raise TimeoutError(port)


def processor(parent: int) -> float:
    """The seconds of a processor that all workers have used; 0 where the system does not tell."""
    ticks = 0
    for worker in children(parent):
        told = Path("/proc", worker, "stat")
        if told.is_file():
            used = told.read_text().rpartition(")")[2].split()[11:13]
            ticks += sum(map(int, used))
    return ticks / os.sysconf("SC_CLK_TCK")


def memory(parent: int) -> float:
    """The memory of the largest worker, in MB; 0 where the system does not tell."""
    return max((_megabytes(worker, "Rss") for worker in children(parent)), default=0)


def whole_memory(parent: int) -> float:
    """The memory of a service, in MB: what its processes share is counted once."""
    return sum(_megabytes(process, "Pss") for process in (str(parent), *children(parent)))


def children(parent: int) -> list[str]:
    """The processes that another one started."""
    shown = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False
    )
    return shown.stdout.split()


def _megabytes(process: str, name: str) -> float:
    with suppress(OSError):
        lines = Path("/proc", process, "smaps_rollup").read_text("ascii").splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024
    return 0
