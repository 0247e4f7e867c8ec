"""Text on its way to Slack and from it."""

import pytest

from bots.chat import links
from bots.slack import api_errors, markup


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("hit house", "hit house"),
        ("<@UBOT> hit <@UBOT|kickbot>", "hit"),
        ("<@UBOT|kickbot> hit <@UBOTH>", "hit @UBOTH"),
        ("<@U1> <#C1|drums> <#C1> <!here> <!subteam^S1|@crew>", "@U1 #drums #C1 @here @@crew"),
        ("<https://a.example/x|a.example> <mailto:a@b.example>", "a.example mailto:a@b.example"),
        ("R&amp;B &lt;3", "R&B <3"),
    ],
)
def test_what_people_typed_is_read(sent: str, meant: str) -> None:
    assert markup.typed(sent, "UBOT") == meant


@pytest.mark.parametrize("text", ["<!channel>", "<@U1>", "a & b", "<https://a.example|x>", "a\x00b\u202ec"])
def test_nothing_that_people_wrote_means_anything_to_slack(text: str) -> None:
    for shown in (markup.text(text), markup.name(text)):
        assert "<" not in shown
        assert "\x00" not in shown
        assert "\u202e" not in shown
        assert "&" not in shown.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")


def test_a_link_cannot_be_left_by_its_label_or_its_address() -> None:
    link = markup.link("a|b>c", "https://a.example/x|y>z")
    assert link == "<https://a.example/x%7Cy%3Ez|a|b&gt;c>"


@pytest.mark.parametrize(
    ("url", "there"),
    [
        ("https://files.example.com/1.png", True),
        ("https://93.184.216.34/1.png", True),
        ("http://localhost:8000/1.png", False),
        ("http://192.168.1.5/1.png", False),
        ("http://studio.local/1.png", False),
        ("http://kickbot/1.png", False),
    ],
)
def test_pictures_and_links_lead_to_public_hosts_only(url: str, there: bool) -> None:
    assert links.reachable(url) is there
    assert bool(markup.link("WAV", url)) is there


def test_an_answer_that_nobody_can_read_may_pass() -> None:
    assert api_errors.classify(TimeoutError()) is api_errors.ErrorKind.LATER
    assert api_errors.code(OSError()) == ""
