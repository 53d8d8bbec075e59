from __future__ import annotations

import pytest

from ingestion.parsers.html_content import main_content
from ingestion.parsers.html_tree import flat_text, parse_html

BODY = "<p>The kettle switches itself off after an hour, and keeps the water warm until then.</p>"


def content(source: str) -> str:
    root = parse_html(source)
    assert root is not None
    return " ".join(flat_text(element) for element in main_content(root))


@pytest.mark.parametrize(
    "boilerplate",
    [
        "<nav><a href=x>Products</a></nav>",
        "<header><a>Shop</a></header>",
        "<footer>Imprint</footer>",
        "<aside>Related</aside>",
        "<form><label>Search</label><input></form>",
        "<script>track()</script>",
        "<style>p{}</style>",
        "<noscript>Turn scripts on</noscript>",
        "<template>Card</template>",
        "<button>Buy</button>",
        "<iframe>frame</iframe>",
        "<svg><text>icon</text></svg>",
        "<dialog>Log in</dialog>",
        '<div id="cookie-banner">We use cookies</div>',
        '<div class="gdpr consent">Accept</div>',
        '<div class="breadcrumb">Home</div>',
        '<section class="feedback">Helpful?</section>',
        '<div class="related-articles">More</div>',
        '<a class="skip-link" href="#main">Skip</a>',
        '<div role="navigation">Menu</div>',
        '<div role="search">Find</div>',
        '<span aria-hidden="true">chevron_right</span>',
    ],
)
def test_boilerplate_is_dropped(boilerplate: str) -> None:
    assert content(f"<body>{boilerplate}{BODY}{boilerplate}</body>") == content(BODY)


def test_text_behind_boilerplate_stays() -> None:
    assert content("<body><p>Press <button>OK</button> to go on, then wait.</p></body>") == "Press to go on, then wait."


def test_the_main_element_is_the_content() -> None:
    assert content(f"<body><p>Top bar</p><main>{BODY}</main><p>Legal notes</p></body>") == content(BODY)


def test_a_main_role_is_as_good() -> None:
    assert content(f"<body><p>Top bar</p><div role=main>{BODY}</div></body>") == content(BODY)


def test_articles_are_the_content_where_there_is_no_main() -> None:
    page = f"<body><p>Top</p><article>{BODY}</article><article>{BODY}</article></body>"
    assert content(page) == f"{content(BODY)} {content(BODY)}"


def test_nested_articles_are_read_once() -> None:
    page = f"<body><article>{BODY}<article>Comment on it.</article></article></body>"
    assert content(page).count("Comment on it.") == 1


def test_an_empty_main_is_not_believed() -> None:
    assert content(f"<body><main><div id=app></div></main><div>{BODY}</div></body>") == content(BODY)


def test_the_header_of_an_article_stays() -> None:
    page = f"<body><header>Site</header><article><header><h1>Kettle</h1></header>{BODY}</article></body>"
    assert content(page) == f"Kettle {content(BODY)}"


def test_notes_in_an_aside_stay() -> None:
    page = f'<body>{BODY}<aside class="note warning">Never fill it above the line.</aside></body>'
    assert content(page).endswith("Never fill it above the line.")


def test_a_form_around_the_whole_page_stays() -> None:
    assert content(f"<body><form id=aspnetForm>{BODY}<input></form></body>") == content(BODY)


def test_a_misleading_name_does_not_drop_the_content() -> None:
    page = f'<body class="cookie sidebar"><div class="has-sidebar"><h1>Kettle</h1>{BODY}</div></body>'
    assert content(page) == f"Kettle {content(BODY)}"


def test_what_is_folded_away_stays() -> None:
    page = f"<body>{BODY}<div hidden>Answer that a click shows.</div><div style='display:none'>Another.</div></body>"
    assert content(page).endswith("Answer that a click shows. Another.")


def test_a_page_without_body_is_read() -> None:
    assert content("Just text") == "Just text"
