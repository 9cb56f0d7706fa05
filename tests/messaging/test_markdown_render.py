"""What becomes of Markdown: the features, and what attackers try."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import pytest

from messaging.code_highlighting import SIZE_LIMIT
from messaging.markdown import LENGTH_LIMIT, Surroundings, names_in, render

AROUND = Surroundings(
    users={"bob": "/crew/messages/@bob", "b.o-b": "/crew/messages/@b.o-b"},
    channels={"town-square": ("Town Square", "/crew/channels/town-square")},
    emoji={"party": "/api/v4/emoji/1/image"},
    me="bob",
    hashtags="/search?q=%23",
)


class _Reader(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def read(html: str) -> _Reader:
    """The tags and attributes of rendered HTML."""
    reader = _Reader()
    reader.feed(html)
    return reader


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**bold** _it_ ~~gone~~", "<strong>bold</strong> <em>it</em> <s>gone</s>"),
        ("one\ntwo", "one<br>\ntwo"),
        ("> quoted", "<blockquote>\n<p>quoted</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>"),
        ("3. a", '<ol start="3">'),
        ("`a < b`", "<code>a &lt; b</code>"),
        ("|a|b|\n|-|-:|\n|1|2|", '<td class="align-right">2</td>'),
        (":tada:", '<span class="emoji">🎉</span>'),
        (":party:", '<img src="/api/v4/emoji/1/image" alt=":party:" title=":party:" class="emoji" loading="lazy">'),
        (":nothing_like_it:", ":nothing_like_it:"),
        ("at 10:30:45", "at 10:30:45"),
        ("@BOB", '<a href="/crew/messages/@bob" class="mention mention-me"'),
        ("@bob.", "@bob</a>."),
        ("@b.o-b, hi", "@b.o-b</a>, hi"),
        ("@nobody", "<p>@nobody</p>"),
        ("mail@bob", "<p>mail@bob</p>"),
        ("@channel", '<span class="mention mention-me">@channel</span>'),
        ("~town-square", 'class="channel-link" rel="nofollow noopener noreferrer">~Town Square</a>'),
        ("~elsewhere", "<p>~elsewhere</p>"),
        ("#release-1.", "#release-1</a>."),
        ("#ab", "<p>#ab</p>"),
        ("`@bob ~town-square #tag :tada:`", "<code>@bob ~town-square #tag :tada:</code>"),
        ("see www.example.com.", '<a href="http://www.example.com" target="_blank"'),
        ("(https://example.com/a_(b))", '<a href="https://example.com/a_(b)"'),
        ("me@example.com", '<a href="mailto:me@example.com"'),
        ("[x](example.com)", '<a href="http://example.com"'),
        ("[@bob](https://example.com)", ">@bob</a>"),
        ("![cat](https://example.com/c.png)", '<img src="https://example.com/c.png" alt="cat" class="picture"'),
    ],
)
def test_it_renders(source: str, expected: str) -> None:
    assert expected in render(source, AROUND)


def test_it_colours_known_languages() -> None:
    assert '<span class="hl-k">def</span>' in render("```python\ndef f(): ...\n```")


@pytest.mark.parametrize("language", ["brainfuck", "python\x22><script>", "../../x"])
def test_it_leaves_other_languages_plain(language: str) -> None:
    assert render(f"```{language}\na<b\n```") == '<pre><code class="code">a&lt;b\n</code></pre>\n'


def test_it_leaves_long_code_plain() -> None:
    assert "<span" not in render("```python\n" + "x = 1\n" * SIZE_LIMIT + "```")


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#115;cript:alert(1))",
        "[x](&#x6A;avascript:alert(1))",
        "[x](\x01javascript:alert(1))",
        "[x](vbscript:msgbox(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](javascript:alert(1))",
        "![x](data:image/svg+xml;base64,PHN2Zz4=)",
        "<javascript:alert(1)>",
        "<data:text/html,x>",
        "[x]: javascript:alert(1)\n[x]",
        '[x](https://e.com "a\\" onmouseover=alert(1) ")',
        '[x](https://e.com"onmouseover=alert(1)")',
        '![x" onerror=alert(1) y="](https://e.com/a.png)',
        'https://e.com/"onmouseover="alert(1)',
        "https://e.com/'><script>alert(1)</script>",
        '@bob" onclick="alert(1)',
        "#tag<script>alert(1)</script>",
        "```<img/src=x/onerror=alert(1)>\n<script>\n```",
        "    <script>alert(1)</script>",
        "<style>*{display:none}</style>",
        "<iframe src=//e.com></iframe>",
        "<form action=//e.com><input name=a>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        '<!--<img src="--><img src=x onerror=alert(1)//">',
    ],
)
def test_it_lets_no_attack_through(attack: str) -> None:
    found = read(render(attack, AROUND))
    assert not found.tags & {"script", "style", "svg", "iframe", "form", "input", "math", "object", "meta", "base"}
    for name, value in found.attributes:
        assert not name.startswith("on") and name != "style"
        if name in ("href", "src"):
            assert re.match(r"(https?://|mailto:|tel:|ftp://|/[^/]|#)", value)


def test_it_takes_no_class_from_names() -> None:
    around = Surroundings(users={"bob": '/x" class="evil'})
    assert 'class="evil' not in render("@bob", around)


def test_it_opens_other_sites_without_our_window() -> None:
    assert 'target="_blank" rel="nofollow noopener noreferrer"' in render("https://example.com")


@pytest.mark.parametrize(
    "hostile",
    [
        "[" * 16_000,
        "![" * 8_000,
        "[a](" * 4_000,
        "*a " * 5_000,
        "**" * 8_000,
        "_a_" * 5_000,
        "`" * 16_000,
        "> " * 8_000,
        "- " * 8_000,
        "<" * 16_000,
        "&" * 16_000,
        ":" * 16_000,
        ":a" * 8_000,
        "@" * 16_000,
        "@" + "a.-_" * 4_000,
        "a@" * 8_000,
        "a@a." * 4_000,
        "www." * 4_000,
        "http://" * 2_000,
        "https://e.com/" + ")" * 15_000,
        "https://e.com/" + "(" * 7_000 + ")" * 8_000,
        "#a." * 5_000,
        "~" * 16_000,
        "|a" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|b" * 3_000,
        "```python\n" + "(" * 7_000 + "\n```",
        "```c\n" + "/*" * 3_500 + "\n```",
        "```js\n" + "`${" * 2_500 + "\n```",
    ],
    ids=lambda text: text[:6],
)
def test_it_is_not_slowed_down(hostile: str) -> None:
    begin = time.perf_counter()
    render(hostile, AROUND)
    assert time.perf_counter() - begin < 3


def test_it_shows_what_is_too_long_as_text() -> None:
    assert render("<b>" + "x" * LENGTH_LIMIT).startswith("<p>&lt;b&gt;x")


def test_it_finds_the_names_to_look_up() -> None:
    found = names_in(["@Bob. and @b.o-b", "~Town-Square :party: me@example.com"])
    assert {"bob", "b.o-b"} <= found.users
    assert "example.com" not in found.users
    assert found.channels == {"town-square"}
    assert found.emoji == {"party"}
