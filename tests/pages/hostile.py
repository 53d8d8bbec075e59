"""Strings that would run as a script, break out of markup or lead elsewhere, if a page let them."""

from __future__ import annotations

from typing import Final

__all__ = ["HOSTILE", "INJECTED"]

HOSTILE: Final = (
    "<script>window.executed=1</script>",
    "</script><script>window.executed=1</script>",
    "<img src=x onerror=window.executed=1>",
    "<svg onload=window.executed=1>",
    "<svg><script>window.executed=1</script></svg>",
    "<svg><animate onbegin=window.executed=1 attributeName=x dur=1s>",
    '"><img src=x onerror=window.executed=1>',
    "' onmouseover='window.executed=1' x='",
    '" autofocus onfocus="window.executed=1',
    "<iframe srcdoc='<script>parent.executed=1</script>'></iframe>",
    "<iframe src=javascript:parent.executed=1></iframe>",
    "<a href=javascript:window.executed=1>click</a>",
    "[click](javascript:window.executed=1)",
    '![x](x"onerror="window.executed=1)',
    "<details open ontoggle=window.executed=1>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.executed=1>",
    '<noscript><p title="</noscript><img src=x onerror=window.executed=1>">',
    "<template><img src=x onerror=window.executed=1></template>",
    "<style>*{background:url(//evil.example/x)}</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<base href=//evil.example/>",
    "<object data=javascript:window.executed=1></object>",
    "<embed src=javascript:window.executed=1>",
    "<form action=javascript:window.executed=1><button autofocus>go</button></form>",
    "<input autofocus onfocus=window.executed=1>",
    "<video><source onerror=window.executed=1></video>",
    "<body onload=window.executed=1>",
    "{{constructor.constructor('window.executed=1')()}}",
    "${window.executed=1}",
    '<!--<img src="--><img src=x onerror=window.executed=1>">',
    "<x contenteditable onblur=window.executed=1>lose focus",
    "\u202e<img src=x onerror=window.executed=1>\u202c",
    "＜script＞window.executed=1＜/script＞",
    "&lt;script&gt;window.executed=1&lt;/script&gt;",
    "javascript:/*--></title></style></textarea></script><svg/onload='window.executed=1'>",
    "<img src=//evil.example/pixel.gif>",
    "__proto__",
)
INJECTED: Final = """() => [window.executed, document.querySelectorAll(
  "iframe, object, embed, base, body style, body link, body script, img:not([src^='/pages/']), main video, [onerror],"
  + "[onload], [onfocus], [onmouseover], [ontoggle], a[href^='javascript:']").length]"""
"""Returns how often something ran, and how many elements a page holds that it never makes."""
