"""Browser pages that remember what must not happen: console errors, policy violations, requests to other hosts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

__all__ = ["Look", "Watch", "watched"]

PATIENCE_MS = 60_000  # a machine that is busy takes its time
REPORT = """
window.executed = 0;
addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at: language of the browser, colours, width and height in pixels."""

    language: str = "en"
    scheme: str = "light"
    width: int = 1440
    height: int = 900


@dataclass
class Watch:
    """What went wrong on a page; `allowed` are parts of console errors that a test asks for, such as `401`."""

    address: str
    allowed: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Listen to a page."""
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"uncaught: {error}"))
        page.on("request", self._asked)

    def check(self) -> None:
        """Raise AssertionError for what went wrong."""
        faults = [fault for fault in self.faults if not any(part in fault for part in self.allowed)]
        assert faults == [], faults

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def _asked(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme in ("http", "https") and url.netloc not in {urlsplit(self.address).netloc, *self.hosts}:
            self.faults.append(f"request elsewhere: {request.url}")


@contextmanager
def watched(browser: Browser, address: str, look: Look) -> Iterator[tuple[BrowserContext, Page, Watch]]:
    """Give a page of a context of its own, below `address`; raise AssertionError at the end for what went wrong."""
    watch = Watch(address)
    context = browser.new_context(
        base_url=address,
        locale=look.language,
        color_scheme="dark" if look.scheme == "dark" else "light",
        viewport={"width": look.width, "height": look.height},
        reduced_motion="reduce",
    )
    context.add_init_script(REPORT)
    context.set_default_timeout(PATIENCE_MS)
    context.on("page", watch.follow)
    try:
        yield context, context.new_page(), watch
    finally:
        context.close()
    watch.check()
