"""A seed that stands on a card makes the same kick for as long as the revision is the same."""

import json
from typing import Any

import pytest

from tests.gpu.synth import kept


@pytest.fixture
def before() -> dict[str, Any]:
    return dict(json.loads(kept.FILE.read_text(encoding="utf-8")))


def test_no_word_means_anything_else(before: dict[str, Any]) -> None:
    """When this fails on purpose, see `kept` for what to do."""
    now = kept.meanings()
    assert {word for word in now if now[word] != before["meanings"].get(word)} == set()
    assert now.keys() == before["meanings"].keys()


@pytest.mark.parametrize("prompt", kept.PROMPTS)
def test_no_kick_sounds_otherwise(before: dict[str, Any], prompt: str) -> None:
    assert kept.loudness(prompt) == pytest.approx(before["loudness"][prompt], abs=2e-4)


@pytest.mark.parametrize("prompt", kept.PROMPTS)
def test_no_card_says_anything_else_of_it(before: dict[str, Any], prompt: str) -> None:
    now, told = kept.facts(prompt), before["facts"][prompt]
    assert (now.pop("note") is None, now.pop("cents") is None) == (told.pop("note") is None, told.pop("cents") is None)
    assert now == {name: value if value is None else pytest.approx(value, abs=5e-3) for name, value in told.items()}
