"""What the tests of pages stand on: a page that is led to is read when it is there whole."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests.pages.conftest import Watched

HEAD = b"<!DOCTYPE html><title>A page</title><p>its beginning" + b" and more" * 500


class _Halting(BaseHTTPRequestHandler):
    """Sends the beginning of a page, and its end a while later; at the root, a page that leads to one."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        if self.path.startswith("/halting"):
            self.wfile.write(HEAD)
            self.wfile.flush()
            time.sleep(1)
            self.wfile.write(b"<p id='end'>its end")
        else:
            self.wfile.write(b"<!DOCTYPE html><title>A page</title><link rel='icon' href='data:,'>")
            self.wfile.write(b"<a href='/halting'>on</a><form action='/halting'><button>go</button></form>")

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def halting() -> Iterator[str]:
    """The address of a server whose pages come in two parts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Halting)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("role", ["link", "button"])
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_page_that_is_led_to_is_read_when_it_is_there(
    browser: Browser, halting: str, scripts: bool, role: Literal["link", "button"]
) -> None:
    watched = Watched(browser, halting, scripts=scripts)
    page = watched.page()
    page.goto("/")
    page.get_by_role(role).click()
    assert "its end" in page.content()
    watched.check()
