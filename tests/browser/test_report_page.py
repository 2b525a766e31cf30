"""The report in a real browser: nothing in it runs or calls out, and its stories can be seen."""

from __future__ import annotations

import http.server
import re
import runpy
import shutil
import subprocess
import threading
from pathlib import Path

import pytest

from newsdedup.writers.folder import write_report

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SAMPLE = Path(__file__).parents[1] / "unit" / "writers" / "sample_report.py"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("report")
    write_report(runpy.run_path(str(SAMPLE))["sample_report"](), out, ["html"], force=False)
    return out


def browse(profile: Path, address: str, *options: str) -> str:
    done = subprocess.run(
        [
            str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
            f"--user-data-dir={profile}", *options, address,
        ],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    return done.stdout.decode("utf-8")


def test_stories_are_there_and_no_script_of_a_text_ran(folder, tmp_path):
    page = browse(tmp_path, (folder / "report.html").as_uri(), "--dump-dom")
    assert "<title>3 stories in 9 articles · newsdedup</title>" in page
    assert len(re.findall(r'<details class="story"', page)) == 3
    assert "President Xi Jinping congratulates" in page
    assert "&lt;script&gt;document.title='owned'&lt;/script&gt;" in page
    assert "<img" not in page


def test_the_pages_own_script_runs_under_its_policy(folder, tmp_path):
    page = browse(tmp_path, (folder / "report.html").as_uri(), "--dump-dom")
    assert '<div class="tools">' in page  # hidden until the script has run


def test_the_page_can_be_read_without_scripts(folder, tmp_path):
    source = (folder / "report.html").read_text("utf-8")
    bare = tmp_path / "bare.html"
    bare.write_text(re.sub(r"<script>.*?</script>", "", source, flags=re.DOTALL), "utf-8")
    page = browse(tmp_path / "profile", bare.as_uri(), "--dump-dom")
    assert '<div class="tools" hidden="">' in page  # nothing is offered that would not work
    assert len(re.findall(r'<details class="story"', page)) == 3


def test_a_text_that_did_become_a_script_would_be_stopped(folder, tmp_path):
    source = (folder / "report.html").read_text("utf-8")
    broken = tmp_path / "broken.html"
    broken.write_text(source.replace("</main>", "<script>document.title='owned'</script></main>"), "utf-8")
    assert "<title>owned" not in browse(tmp_path / "profile", broken.as_uri(), "--dump-dom")


@pytest.mark.parametrize("width", [1280, 420])
def test_the_page_is_styled_at_any_width(folder, tmp_path, width):
    picture = tmp_path / "page.png"
    browse(tmp_path / "p", (folder / "report.html").as_uri(), f"--window-size={width},1600", f"--screenshot={picture}")
    assert picture.stat().st_size > 50_000


def test_nothing_else_is_requested(folder, tmp_path):
    asked: list[str] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args):
            super().__init__(*args, directory=str(folder))

        def log_message(self, *_):
            asked.append(self.path)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        # the host that a text names is this server too, so that a request to it would be seen
        address = f"http://report.invalid:{server.server_port}/report.html"
        page = browse(
            tmp_path, address, "--dump-dom", f"--host-resolver-rules=MAP *.invalid 127.0.0.1:{server.server_port},MAP * ~NOTFOUND",
        )  # fmt: skip
    finally:
        server.shutdown()
        server.server_close()
    assert "3 stories in 9 articles" in page
    assert asked == ["/report.html"]
