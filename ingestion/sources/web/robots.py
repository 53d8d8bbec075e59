"""What a site asks of machines that go through its pages (RFC 9309)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from engine.errors import InvalidInput
from ingestion.sources.web.fetch import USER_AGENT, Fetched, Fetcher
from ingestion.sources.web.urls import origin_of

__all__ = ["Robots", "Rules", "read_rules"]

_MAX_CHARS = 512_000  # RFC 9309 asks for at least 500 KiB
_AGENT = USER_AGENT.partition("/")[0].lower()


@dataclass(slots=True)
class Rules:
    """Patterns of paths in the order of the file, with whether they may be visited, and the seconds between visits."""

    lines: list[tuple[str, bool]] = field(default_factory=list)
    delay: float = 0.0

    def allow(self, path: str) -> bool:
        """Tell whether a path with its query may be visited: the longest pattern that matches decides."""
        bare = unquote(path)
        found = [(len(pattern), allowed) for pattern, allowed in self.lines if _matches(pattern, bare)]
        return max(found)[1] if found else True


class Robots:
    """Reads robots.txt of each origin once."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._rules: dict[str, Rules] = {}

    def allows(self, url: str) -> bool:
        """Tell whether the page may be visited; False while robots.txt cannot be had because the server fails."""
        origin = origin_of(url)
        if origin not in self._rules:
            self._rules[origin] = self._read(origin)
        parts = urlsplit(url)
        return self._rules[origin].allow(f"{parts.path or '/'}{'?' * bool(parts.query)}{parts.query}")

    def _read(self, origin: str) -> Rules:
        try:
            found = self._fetcher.ask(f"{origin}/robots.txt")
        except InvalidInput:
            found = Fetched(origin, 500, {})
        if found.status == 200:
            rules = read_rules(found.data[:_MAX_CHARS].decode("utf-8-sig", "replace"))
            if rules.delay:
                self._fetcher.slow_down(origin, rules.delay)
            return rules
        return Rules() if 400 <= found.status < 500 else Rules([("/", False)])


def read_rules(text: str) -> Rules:
    """Return what a robots.txt asks of us: the groups that name us, all of them, else those for everybody."""
    ours, everybody = list[Rules](), list[Rules]()
    group, agents, named = Rules(), set[str](), False
    for line in text.splitlines():
        key, _, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        if key.lower() == "user-agent":
            if not named:
                group, agents = Rules(), set()
            named = True
            agents.add(value.partition("/")[0].strip().lower())
            for mine, said in ((ours, _AGENT), (everybody, "*")):
                if said in agents and not any(each is group for each in mine):
                    mine.append(group)
        elif agents and key:
            named = False
            _take(group, key.lower(), value)
    return _joined(ours or everybody)


def _take(group: Rules, key: str, value: str) -> None:
    if key in {"allow", "disallow"} and value:
        group.lines.append((unquote(value), key == "allow"))
    elif key == "crawl-delay":
        with suppress(ValueError):
            group.delay = max(0.0, float(value))


def _joined(groups: Sequence[Rules]) -> Rules:
    lines = [line for group in groups for line in group.lines]
    return Rules(lines, max((group.delay for group in groups), default=0.0))


def _matches(pattern: str, path: str) -> bool:
    """Tell whether a path begins as the pattern says; "*" stands for anything, "$" at its end for the path's end."""
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for part in others:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    last = others[-1] if others else first
    return not pattern.endswith("$") or (path.endswith(last) and len(path) - len(last) >= at - len(last))
