"""What browsers are told beside a page: what it may load, run and be framed by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["ASSET_HEADERS", "page_headers"]

POLICY: Final = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self'",
    "connect-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)
COMMON: Final[Mapping[str, str]] = {
    "Cache-Control": "no-cache",
    "Vary": "Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
ASSET_HEADERS: Final[Mapping[str, str]] = {
    **COMMON,
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Security-Policy": "; ".join((*POLICY, "frame-ancestors 'none'")),
}
"""Scripts and styles hold nothing private, and pages of other sites embed some of them."""


def page_headers(frame_ancestors: str) -> Mapping[str, str]:
    """Return the headers of a page that the sources in `frame_ancestors` may show in a frame."""
    return {
        **COMMON,
        "Content-Security-Policy": "; ".join((*POLICY, f"frame-ancestors {frame_ancestors}")),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    }
