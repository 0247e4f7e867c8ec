"""Reading prompts."""

import pytest

from core.making import prompts
from gpu.model.words import read

KNOWN = ["808", "deep", "hit", "house"]


@pytest.mark.parametrize(
    ("prompt", "matched", "ignored"),
    [
        ("hit house", ("hit", "house"), ()),
        ("Deep, 808 wobble", ("deep", "808"), ("wobble",)),
        ("house hit,house", ("house", "hit", "house"), ()),
        ("  HIT\thouse\n,", ("hit", "house"), ()),
        ("hits hit-house zz zz", (), ("hits", "hit-house", "zz", "zz")),
        (" , ,", (), ()),
    ],
)
def test_words_are_told_apart_in_order(prompt: str, matched: tuple[str, ...], ignored: tuple[str, ...]) -> None:
    words = read(prompt, KNOWN)
    assert (words.matched, words.ignored) == (matched, ignored)


def test_a_prompt_gets_here_as_bare_words() -> None:
    words = read(prompts.parse("HOUSE!!! 'deep', wobble?").prompt, KNOWN)
    assert (words.matched, words.ignored) == (("house", "deep"), ("wobble",))
