"""The words of a message, without the people, pictures and attachments in it, whatever stands there."""

import random
import time
from typing import Any

import pytest

from bot.quoted import LONGEST, plain, words_of

REPLY = (
    '<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1"><strong itemprop="mri" itemid="8:x">'
    'Karen Ask</strong><span itemprop="time" itemid="1"></span>'
    '<p itemprop="preview">Det før</p></blockquote><p>Svaret</p>'
)
FORWARDED = (
    '<blockquote itemscope itemtype="http://schema.skype.com/Forward"><strong itemprop="mri">Karen Ask</strong>'
    '<p itemprop="copy">Det hele</p></blockquote>'
)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("Bare ord", "Bare ord"),
        ('<div><div><at id="0">Karen Ask</at>&nbsp;- Børnene vil ud</div>\n</div>', "- Børnene vil ud"),
        ("<p>en</p>\n<p>to</p>", "en\nto"),
        ("<p>en</p><p>&nbsp;</p><p>&nbsp;</p><p>to<br>tre</p>", "en\n\nto\ntre"),
        ("<p>De siger:</p><ul><li>mere leg</li><li><p>ro</p></li></ul>", "De siger:\n– mere leg\n– ro"),
        ('<p>Se <img src="x" alt="IMG_1.png" itemtype="http://schema.skype.com/AMSImage"> her</p>', "Se her"),
        ('<p>Godt <emoji id="smile" alt="😊" title="Smil"></emoji></p><attachment id="1"></attachment>', "Godt 😊"),
        ('<p>Læs <a href="https://example.invalid">planen</a></p>', "Læs planen"),
        ("<pre>to  linjer\nher</pre>", "to linjer\nher"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("3 &lt; 4 &amp; 5 > 4, og 3 < 4", "3 < 4 & 5 > 4, og 3 < 4"),
        (REPLY, "Svaret"),
        (FORWARDED, "Det hele"),
        ("<style>p {}</style><script>alert(1)</script><p>ord</p>", "ord"),
        ("<p>ikke lukket", "ikke lukket"),
        ("<at><b>Karen Ask</at> ord", "ord"),
        ("&#0;&#xD800;&bogus; ord", "\ufffd\ufffd&bogus; ord"),
        ("", ""),
    ],
)
def test_words_and_line_breaks_stay_and_people_go(html: str, words: str) -> None:
    assert plain(html) == words


def test_a_text_that_is_no_html_stays_as_it_is() -> None:
    assert words_of({"body": {"contentType": "text", "content": " 1 <b> 2\n3 "}}) == "1 <b> 2\n3"


@pytest.mark.parametrize(
    "payload",
    [
        None,
        "besked",
        7,
        [],
        {},
        {"body": None},
        {"body": "besked"},
        {"body": []},
        {"body": {"content": None}},
        {"body": {"content": {"content": "x"}}},
        {"body": {"contentType": [1], "content": ["x"]}},
    ],
)
def test_what_is_no_message_has_no_words(payload: Any) -> None:
    assert words_of(payload) == ""


def test_a_very_long_message_is_cut_between_tags() -> None:
    html = "<p>ord</p>" * 20_000 + "<b>"
    assert set(plain(html).split("\n")) == {"ord"}
    assert plain("x" * (LONGEST - 3) + "<b title='y'>slut</b>") == "x" * (LONGEST - 3)


PIECES = [
    "<a ",
    "x='",
    'y="',
    ">",
    "<",
    "</",
    "<!--",
    "-->",
    "<b>",
    "'",
    '"',
    "<?",
    "/>",
    "&#",
    "<li>",
    "<at>",
    "</at>",
]


def test_junk_is_read_in_no_time_whatever_it_is() -> None:
    """The library's own parser needs many seconds for some of these, and the whole bot would wait for it."""
    chance = random.Random(38)
    junk = [(one + other) * 100_000 for one in PIECES for other in PIECES]
    junk += ["".join(chance.choice(PIECES) for _ in range(60_000)) for _ in range(20)]
    slowest = 0.0
    for each in junk:
        begun = time.process_time()
        plain(each)
        slowest = max(slowest, time.process_time() - begun)
    assert slowest < 1
