"""What a prompt's words are taken for."""

from dataclasses import asdict, astuple

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.making import prompts
from gpu.synth import words
from gpu.synth.aliases import ALIASES
from gpu.synth.characters import CHARACTERS
from gpu.synth.plain import PLAIN
from gpu.synth.recipe import Recipe, scales

PUBLISHED = (
    "808 909 analog big boom clean club dark deep dirty distorted dry fat hard heavy hit house kick long minimal "
    "punchy round short soft sub tape tech techno tight warm"
)
PROMPTS = some.lists(some.sampled_from(sorted(words.vocabulary())), max_size=8)
SEEDS = some.integers(0, 2**31 - 1)


def test_a_prompt_is_split_at_spaces_and_commas_whatever_its_case() -> None:
    reading = words.read("Deep, HOUSE,,purple\tkick deep")
    assert reading.matched == ("deep", "house", "kick", "deep")
    assert reading.ignored == ("purple",)


@pytest.mark.parametrize("word", sorted(words.vocabulary()))
def test_every_word_is_known_as_people_write_it(word: str) -> None:
    for written in (word.upper(), f"{word}!!!", f"'{word}'.", f"({word.title()})"):
        assert words.read(prompts.parse(written).prompt).matched == (word,)


def test_every_word_of_the_published_model_is_known() -> None:
    assert set(PUBLISHED.split()) <= words.vocabulary()


def test_words_are_single_and_lower_case() -> None:
    assert all(word == word.lower() and len(word.split()) == 1 and "," not in word for word in words.vocabulary())


def test_every_word_means_something() -> None:
    assert all(words.meaning(word).strip() for word in words.vocabulary())


def test_another_word_for_the_same_thing_is_the_same_kick() -> None:
    for alias, word in ALIASES.items():
        assert alias not in words.styles()
        assert alias not in CHARACTERS
        assert words.recipe([alias], 5) == words.recipe([word], 5)


def test_no_word_is_both_a_style_and_a_character() -> None:
    assert not set(words.styles()) & set(CHARACTERS)


@given(PROMPTS, SEEDS, some.randoms())
def test_the_order_of_words_does_not_matter(prompt: list[str], seed: int, random: object) -> None:
    mixed = list(prompt)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert asdict(words.recipe(mixed, seed)) == pytest.approx(asdict(words.recipe(prompt, seed)))


@given(PROMPTS, SEEDS)
def test_no_words_lead_out_of_bounds(prompt: list[str], seed: int) -> None:
    for name, value in asdict(words.recipe(prompt, seed)).items():
        assert scales()[name].low <= value <= scales()[name].high


@pytest.mark.parametrize("style", sorted(words.styles()))
def test_a_style_said_twice_alone_is_that_style(style: str) -> None:
    once, twice = (astuple(words.recipe(n * [style], 3)) for n in (1, 2))
    assert twice == pytest.approx(once)


def test_a_style_said_twice_counts_more_beside_another() -> None:
    techno, both, twice, house = (
        words.recipe(said.split(), 3).decay_ms for said in ("techno", "techno house", "techno house house", "house")
    )
    assert abs(house - twice) < abs(house - both) < abs(house - techno)


def test_a_word_said_twice_counts_more_and_never_double() -> None:
    plain, once, twice, often = (words.recipe(["house", *n * ["high"]], 3).pitch_hz for n in (0, 1, 2, 40))
    step = CHARACTERS["high"].step["pitch_hz"]
    assert plain < once < twice < often
    assert [once, twice, often] == pytest.approx([plain * step, plain * step**1.5, plain * step**2])


def test_opposites_cancel() -> None:
    both = words.recipe(["kick", "bright", "dark"], 3)
    assert words.recipe(["dark"], 3).lowpass_hz < both.lowpass_hz < words.recipe(["bright"], 3).lowpass_hz


def test_two_styles_meet_halfway() -> None:
    house, gabber = words.recipe(["house"], 8), words.recipe(["gabber"], 8)
    both = words.recipe(["house", "gabber"], 8)
    assert both.pitch_hz == pytest.approx((house.pitch_hz * gabber.pitch_hz) ** 0.5)
    assert both.drive_db == pytest.approx((house.drive_db + gabber.drive_db) / 2)


def test_a_style_repeated_weighs_more() -> None:
    even, more = words.recipe(["house", "gabber"], 8), words.recipe(["house", "gabber", "gabber"], 8)
    assert even.drive_db < more.drive_db < words.recipe(["gabber"], 8).drive_db


def test_a_style_keeps_what_the_other_does_not_care_about() -> None:
    assert words.recipe(["gabber", "simmons"], 8).gate_ms == words.recipe(["gabber"], 8).gate_ms
    assert words.recipe(["simmons"], 8).gate_ms == pytest.approx(2_000)


def test_the_same_seed_keeps_the_kick_and_a_word_changes_it() -> None:
    plain, bright = words.recipe(["house"], 11), words.recipe(["house", "bright"], 11)
    changed = {name for name, value in asdict(plain).items() if value != getattr(bright, name)}
    assert changed <= set(CHARACTERS["bright"].step)


@pytest.mark.parametrize("word", sorted(words.styles()))
def test_a_style_lies_within_the_bounds(word: str) -> None:
    for name, (low, high) in words.styles()[word].box.items():
        assert scales()[name].low <= low <= high <= scales()[name].high, name


@pytest.mark.parametrize("word", sorted(CHARACTERS))
def test_a_character_names_fields_of_the_recipe(word: str) -> None:
    assert set(CHARACTERS[word].step) <= set(Recipe.__dataclass_fields__)


def test_a_kick_of_which_nothing_is_said_is_whole() -> None:
    assert set(PLAIN) == set(scales())
