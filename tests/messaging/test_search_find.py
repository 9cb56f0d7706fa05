"""What search finds: words of every kind, on each database the same."""

from __future__ import annotations

import pytest

from accounts.models import User
from messaging.models import Channel
from teams.models import Team
from tests.cast import ApiClient
from tests.messaging.searching import found, store
from tests.messaging.writer import make_channel

TEXTS = {
    "dash": "a semi-sweet chocolate cake",
    "sweet": "sweet dreams, semi awake",
    "mail": "write to ann.lee-smith@mail.example.com today",
    "other mail": "ann is not at example dot com",
    "tag": "look #release-2.0 #Garden.Party",
    "tag longer": "#release-2.0.1 is out",
    "word of tag": "the release of the garden",
    "user": "thanks @jo.van-den_berg for that",
    "phrase": "the quick brown fox",
    "phrase back": "the fox is brown and quick",
    "prefix": "internationalization matters",
    "url": "see https://docs.example.org:8443/guide/search_tips.html?lang=en#top please",
    "url plain": "docs about a guide",
    "version": "version 4.2.1 shipped",
    "version other": "version 1.2.4 shipped, 4 of 2",
    "snake": "call get_user_name() first",
    "chinese": "我们明天去北京开会",
    "chinese other": "京北的天气",
    "japanese": "東京タワーで会いましょう",
    "korean": "한국어를 공부합니다",
    "mixed": "新しいiPhone15を買うAmazonで",
    "accents": "Crème brûlée à la carte für Ångström",
    "no accents": "creme brulee a la carte",
    "german": "Straße und Übung",
    "greek": "Καλημέρα ΚΟΣΜΕ",
    "cyrillic": "Съешь ещё этих ёлок",
    "polish": "Zażółć gęślą jaźń Łódź",
    "turkish": "İSTANBUL ışık",
    "vietnamese": "Tiếng Việt",
    "hindi": "नमस्ते दुनिया",
    "arabic": "مَرْحَبًا بالعالم",
    "thai": "สวัสดีชาวโลก",
    "wide": "ＡＢＣ１２３ カタカナ",
    "emoji": "well done 🎉👍🏽 team",
    "markdown": "**bold** and ~~struck~~ `code_span` [label](http://link.example/x)",
    "punctuation": "kettle,pot;pan (lid): done!",
    "signs": "100% of c++ & it's o'clock",
    "long": "z" * 3000 + " zebra",
    "repeated": "ha " * 400 + "end",
}

FINDS = [
    # words with dashes
    ("semi-sweet", ["dash"]),
    ("SEMI-SWEET", ["dash"]),
    ("sweet", ["dash", "sweet"]),
    ("semi sweet", ["dash", "sweet"]),
    ("semi-sw*", ["dash"]),
    # e-mail addresses
    ("ann.lee-smith@mail.example.com", ["mail"]),
    ("ann.lee-smith", ["mail"]),
    ("mail.example.com", ["mail"]),
    ("@mail.example.com", ["mail"]),
    ("example.com", ["mail"]),
    ("lee-smith@ma*", ["mail"]),
    ("smith", ["mail"]),
    # hashtags
    ("#release-2.0", ["tag"]),
    ("#RELEASE-2.0", ["tag"]),
    ("#garden.party", ["tag"]),
    ("#release-2.0.1", ["tag longer"]),
    ("#release", []),
    ("#release*", ["tag", "tag longer", "word of tag"]),
    ("release", ["tag", "tag longer", "word of tag"]),
    ("release-2.0", ["tag", "tag longer"]),
    # user names
    ("@jo.van-den_berg", ["user"]),
    ("jo.van-den_berg", ["user"]),
    ("van-den", ["user"]),
    ("jo.van-d*", ["user"]),
    # phrases
    ('"quick brown"', ["phrase"]),
    ('"brown quick"', []),
    ('"QUICK BROWN fox"', ["phrase"]),
    ("“quick brown”", ["phrase"]),
    ('"quick br*"', ["phrase"]),
    ('"semi-sweet chocolate"', ["dash"]),
    ('"sweet dreams, semi"', ["sweet"]),
    ('"of 2', ["version other"]),
    # prefixes
    ("internat*", ["prefix"]),
    ("internat", []),
    ("qui* bro*", ["phrase", "phrase back"]),
    ("*", []),
    # exclusion
    ("quick -is", ["phrase"]),
    ('brown -"brown fox"', ["phrase back"]),
    ("version -4.2.1", ["version other"]),
    ("release -#release-2.0", ["tag longer", "word of tag"]),
    ("sweet -choc*", ["sweet"]),
    ("-quick", []),
    # URLs
    ("https://docs.example.org:8443/guide/search_tips.html?lang=en#top", ["url"]),
    ("https://docs.example.org", ["url"]),
    ("docs.example.org", ["url"]),
    ("docs.example.org/guide", []),
    ("guide/search_tips.html", ["url"]),
    ("search_tips", ["url"]),
    ("docs guide", ["url", "url plain"]),
    ("<https://docs.example.org:8443/guide>", ["url"]),
    # numbers and names of code
    ("4.2.1", ["version"]),
    ("4.2", ["version"]),
    ("get_user_name", ["snake"]),
    ("user_name()", ["snake"]),
    # Chinese, Japanese, Korean: one character, two, more
    ("北京", ["chinese"]),
    ("京", ["chinese", "chinese other", "japanese"]),
    ("会", ["chinese", "japanese"]),
    ("明天去北京", ["chinese"]),
    ("天气", ["chinese other"]),
    ("東京", ["japanese"]),
    ("タワー", ["japanese"]),
    ("う", ["japanese", "mixed"]),
    ("한국", ["korean"]),
    ("한국어", ["korean"]),
    ("공", ["korean"]),
    ("다", ["korean"]),
    ("北京 天气", []),
    ('"北京开会"', ["chinese"]),
    ("北京*", ["chinese"]),
    ("北京 -开会", []),
    # mixed scripts
    ("iPhone15", ["mixed"]),
    ("iphone15を", ["mixed"]),
    ("しいiPhone15", ["mixed"]),
    ("amazon", ["mixed"]),
    ("買うAmazon", ["mixed"]),
    ("しiPhone15", []),
    # accents, with and without
    ("crème", ["accents"]),
    ("creme", ["accents", "no accents"]),
    ("CRÈME BRÛLÉE", ["accents"]),
    ('"creme brulee"', ["accents", "no accents"]),
    ('"crème brûlée"', ["accents"]),
    ("creme -crème", ["no accents"]),
    ("angstrom", ["accents"]),
    ("strasse", ["german"]),
    ("STRASSE", ["german"]),
    ("übung", ["german"]),
    ("ubung", ["german"]),
    ("κόσμε", []),
    ("κοσμε", ["greek"]),
    ("καλημερα", ["greek"]),
    ("еще", ["cyrillic"]),
    ("ЕЩЁ", ["cyrillic"]),
    ("lodz", ["polish"]),
    ("zazolc gesla", ["polish"]),
    ("istanbul isik", ["turkish"]),
    ("tieng viet", ["vietnamese"]),
    ("Tiếng", ["vietnamese"]),
    ("e\u0302", []),
    ("cre\u0300me", ["accents"]),
    # other scripts
    ("नमस्ते", ["hindi"]),
    ("مرحبا", ["arabic"]),
    ("ชาว", ["thai"]),
    ("ABC123", ["wide"]),
    ("ｶﾀｶﾅ", ["wide"]),
    ("🎉", ["emoji"]),
    ("👍", ["emoji"]),
    # signs around and inside of words
    ("bold struck", ["markdown"]),
    ("**bold**", ["markdown"]),
    ("(pot): pan!", ["punctuation"]),
    ("kettle,pot", ["punctuation"]),
    ("100%", ["signs"]),
    ("o'clock", ["signs"]),
    ("o’clock", ["signs"]),
    ("%", []),
    ("color:red", []),
    ("lid:done", ["punctuation"]),
    # what is too long, or too often there
    ("zebra", ["long"]),
    ("zebra " + "z" * 3000, ["long"]),
    ("end ha", ["repeated"]),
    ('"ha ha ha"', ["repeated"]),
    ("brown " * 300, ["phrase", "phrase back"]),
]


@pytest.fixture
def client(team: Team, alice: User, town_square: Channel) -> ApiClient:
    """alice, in a channel that holds the texts."""
    store(make_channel(team, alice), alice, TEXTS)
    return ApiClient(alice)


def test_it_finds_each_kind_of_word(client: ApiClient, team: Team) -> None:
    missed = {
        terms: (names, expected)
        for terms, names in FINDS
        if (expected := found(client, terms, team=team.id)) != [TEXTS[name] for name in reversed(names)]
    }
    assert missed == {}


@pytest.mark.parametrize(
    ("terms", "names"),
    [
        ("zebra internationalization", ["prefix", "long"]),
        ("北京 한국", ["chinese", "korean"]),
        ('"quick brown" dreams', ["sweet", "phrase"]),
        ("quick dreams -is", ["sweet", "phrase"]),
        ("#release-2.0 #release-2.0.1", ["tag", "tag longer"]),
        ("unknownword zebra", ["long"]),
    ],
)
def test_it_finds_any_of_the_words(client: ApiClient, team: Team, terms: str, names: list[str]) -> None:
    assert found(client, terms, team=team.id, is_or_search=True) == [TEXTS[name] for name in reversed(names)]


@pytest.mark.parametrize(
    "terms",
    ['"', '""', "-", "--", "#", "##", "-*", '-""', "from:", "in:", "from: in:", "()", "' OR 1=1 --", '"a" NEAR "b"',
     "\\", "':*", "a <-> 'b", "tokens : x", "NOT", "AND", "🏽", "\u200d", "\u0301", "%s", "{0}", "in:@", "from:@",
     "in:@,,", "-from:", "on:", "on:0000-00-00", "on:9999-12-31", "before:0001-01-01", "after:9999-12-31"],
)  # fmt: skip
def test_it_survives_odd_terms(client: ApiClient, team: Team, terms: str) -> None:
    found(client, terms, team=team.id)
    found(client, f"{terms} zebra", team=team.id, is_or_search=True)


def test_it_survives_very_long_terms(client: ApiClient, team: Team) -> None:
    many = " ".join(f"w{number}" for number in range(30_000))
    for terms in (many, f'"{many}"', "x" * 200_000, "日" * 60_000, "from:a " * 30_000, "#" * 200_000, "#a" * 99_000):
        found(client, terms, team=team.id)
