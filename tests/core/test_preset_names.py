"""Names that the web app takes, whatever they are made from."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import errors, names
from core.library import preset_names

TEXT = st.text(max_size=80)


@pytest.mark.parametrize(
    ("prompt", "kick", "name"),
    [
        ("hit house", "AI: Burkhard", "hit house Burkhard"),
        ("", "AI: Käthe", "Kaethe"),
        ("größte bässe", "AI: Rüdiger 12", "groesste baesse Ruediger 12"),
        ("deep 808 rumble techno warehouse", "AI: Bartholomäus", "deep 808 rumble Bartholomaeus"),
        ("donaudampfschifffahrtsgesellschaft", "AI: Udo", "Udo"),
        ("", "AI: 鼓", "kick"),
        ("café-punk", "AI: Udo", "cafe punk Udo"),
    ],
)
def test_names_from_words_and_given_names(prompt: str, kick: str, name: str) -> None:
    assert preset_names.suggested(prompt, kick) == name


@given(TEXT, TEXT)
def test_what_is_suggested_is_always_taken(prompt: str, kick: str) -> None:
    name = preset_names.suggested(prompt, kick)
    assert preset_names.checked(name) == name


@pytest.mark.parametrize("given_name", names.GIVEN)
def test_a_kicks_given_name_is_always_there(given_name: str) -> None:
    name = preset_names.suggested("deep 808 hit house techno rumble", names.PREFIX + given_name)
    assert name.endswith(preset_names.plain(given_name))
    assert re.fullmatch("[A-Za-z0-9 ]{1,32}", name)


@given(TEXT)
def test_a_refusal_holds_a_name_that_would_do(text: str) -> None:
    try:
        assert len(preset_names.checked(text)) <= 32
    except errors.BadPresetName as refusal:
        suggestion = str(refusal.facts["suggestion"])
        assert preset_names.checked(suggestion) == suggestion
