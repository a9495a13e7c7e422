"""Run the application on a free loopback port and look at it with a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
_PLACES = (
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


class NoChromiumError(RuntimeError):
    """No browser was found."""

    def __init__(self) -> None:
        super().__init__(
            "No Chromium, Chrome or Edge found. Install one (Debian: apt-get install chromium) "
            "or name its program in the environment variable CHROMIUM."
        )


def find_chromium() -> str:
    """Program of an installed Chromium, Chrome or Edge."""
    named = os.environ.get("CHROMIUM")
    found = [shutil.which(name) for name in ((named,) if named else _NAMES)]
    places = () if named else _PLACES
    for program in [*found, *(place for place in places if Path(place).is_file())]:
        if program:
            return program
    raise NoChromiumError


@contextmanager
def serve(
    script: Path = ROOT / "app.py",
    *,
    settings: Path | None = None,
    base_url_path: str = "",
    log_file: Path | None = None,
) -> Iterator[str]:
    """Run a Streamlit script and yield its address, without a slash at the end."""
    port = free_port()
    address = "/".join(part for part in (f"http://127.0.0.1:{port}", base_url_path) if part)
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    command += ["--server.address=127.0.0.1", "--server.headless=true"]
    command += ["--server.fileWatcherType=none", "--browser.gatherUsageStats=false"]
    command += [f"--server.baseUrlPath={base_url_path}"] if base_url_path else []
    environment = {key: value for key, value in os.environ.items() if key != "PARCELS_SETTINGS"}
    environment["PYTHONPATH"] = str(ROOT)
    if settings:
        environment["PARCELS_SETTINGS"] = str(settings)
    with log_file.open("w+b") if log_file else TemporaryFile() as log:
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        try:
            _wait_for_health(server, f"{address}/_stcore/health", log)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def free_port() -> int:
    """Port of the loopback interface that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Requests:
    """What a page asked for, and what it printed."""

    address: str
    urls: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def outside(self) -> list[str]:
        """Addresses that are not the application's own: must be empty offline."""
        own = (self.address, self.address.replace("http", "ws", 1), "data:", "blob:", "about:")
        return [url for url in self.urls if not url.startswith(own)]


def watch(page: Page, address: str) -> Requests:
    """Collect every request and every console error of a page."""
    seen = Requests(address)
    page.on("request", lambda request: seen.urls.append(request.url))
    page.on("websocket", lambda socket: seen.urls.append(socket.url))
    page.on(
        "console",
        lambda message: seen.console.append(message.text) if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: seen.console.append(str(error)))
    return seen


def _wait_for_health(server: subprocess.Popen[bytes], url: str, log: BinaryIO) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            with direct.open(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    log.seek(0)
    raise RuntimeError("The server did not start:\n" + log.read().decode(errors="replace"))
