"""Find e-mail addresses, links and IP addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_address

from engine.domain.knowledge import Span
from engine.guard.context import is_reference
from engine.guard.findings import PersonalDatum, PersonalKind
from engine.languages.profile import folded_words

__all__ = ["find_emails", "find_ips", "find_links"]

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+@-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}"
)
# Mailboxes of a function (RFC 2142 and what shops use): they belong to the desk and to nobody in person.
_FUNCTIONS = folded_words(
    """abuse accounting admin billing care complaints contact customercare customerservice customersupport
    delivery feedback hello help helpdesk hostmaster info invoices jobs kundenservice mailer-daemon marketing
    news newsletter no-reply noreply office orders postmaster press privacy register returns sales security
    service shipping shop spam support team webmaster"""
)
_LINK = re.compile(
    r"(?<![A-Za-z0-9])(?:https?|ftps?|sftp|ssh|wss?)://[^\s<>\"'“”‘’「」『』（）()\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+",
    re.IGNORECASE,
)
_LINK_END = ".,;:!?]}>*_~|\\"
_SECRET = re.compile(
    r"://[^/\s@]+:[^/\s@]*@|[?&#;](?:[a-z_-]*(?:token|api[_-]?key|secret|passw(?:or)?d|pwd|signature|"
    r"session(?:id)?)|auth|"
    r"code|otp|sid|sig|jwt)=[^&\s]{4,}",
    re.IGNORECASE,
)
_IPV4 = re.compile(r"(?<![A-Za-z0-9_.])(?:\d{1,3}\.){3}\d{1,3}(?![A-Za-z0-9_]|\.\d)")
_IPV6 = re.compile(r"(?<![A-Za-z0-9_:.])(?=[0-9A-Fa-f]*:[0-9A-Fa-f]*:)[0-9A-Fa-f:]{3,39}(?![A-Za-z0-9_:])")


def find_emails(text: str, language: str) -> Iterator[PersonalDatum]:  # noqa: ARG001
    """Yield addresses of persons; those of a function, such as support@, are none."""
    for found in _EMAIL.finditer(text):
        if found[0].split("@")[0].lower() not in _FUNCTIONS:
            yield PersonalDatum(PersonalKind.EMAIL, Span(*found.span()), 0.97)


def find_links(text: str, language: str) -> Iterator[PersonalDatum]:  # noqa: ARG001
    """Yield links; those that carry a password or token are credentials."""
    for found in _LINK.finditer(text):
        link = found[0].rstrip(_LINK_END)
        kind = PersonalKind.CREDENTIALS if _SECRET.search(link) else PersonalKind.URL
        yield PersonalDatum(kind, Span(found.start(), found.start() + len(link)), 0.98)


def find_ips(text: str, language: str) -> Iterator[PersonalDatum]:  # noqa: ARG001
    """Yield addresses of both versions; numbers of firmware and the like are none."""
    for pattern in (_IPV4, _IPV6):
        for found in pattern.finditer(text):
            if _is_address(found[0]) and not is_reference(text, found.start()):
                yield PersonalDatum(PersonalKind.IP, Span(*found.span()), 0.9)


def _is_address(candidate: str) -> bool:
    """Tell whether it is the address of a device on a network: unspecified and loopback ones are nobody's."""
    try:
        address = ip_address(candidate)
    except ValueError:
        return False
    return not (address.is_unspecified or address.is_loopback)
