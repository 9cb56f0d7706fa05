"""Colours for code in posts."""

from __future__ import annotations

import html
from functools import lru_cache

from pygments import highlight as pygments_highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

SIZE_LIMIT = 8_000  # characters; lexers are regular expressions, and some take long on hostile text
LANGUAGES = frozenset(
    {
        "bash", "c", "c++", "cpp", "cs", "csharp", "css", "diff", "docker", "dockerfile", "go", "golang", "haskell",
        "html", "ini", "java", "javascript", "js", "json", "jsx", "kotlin", "kt", "less", "lua", "make", "makefile",
        "nginx", "objective-c", "perl", "php", "powershell", "ps1", "py", "python", "r", "rb", "ruby", "rust", "rs",
        "scala", "scss", "sh", "shell", "sql", "swift", "toml", "ts", "tsx", "typescript", "xml", "yaml", "yml",
    }
)  # fmt: skip
_formatter: HtmlFormatter[str] = HtmlFormatter(nowrap=True, classprefix="hl-")


@lru_cache(maxsize=512)
def highlight(code: str, language: str) -> str:
    """The code as HTML, with ``<span class="hl-…">`` around its parts when the language is known and the code short."""
    name = language.lower()
    if name not in LANGUAGES or len(code) > SIZE_LIMIT:
        return html.escape(code)
    return str(pygments_highlight(code, get_lexer_by_name(name, stripnl=False), _formatter))
