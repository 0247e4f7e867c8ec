"""Prompts: whatever is typed is either read or refused with a sentence that says why."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import errors
from core.making import prompts

WORDS = frozenset({"hit", "house", "deep", "808", "distorted"})


def test_reads_words_and_options() -> None:
    assert prompts.parse("Deep, 808  seed:42 wobble count:3") == prompts.Request("deep 808 wobble", 42, 3)


def test_no_words_mean_hit_house() -> None:
    assert prompts.parse(" , ").prompt == "hit house"
    assert prompts.parse("seed:1") == prompts.Request("hit house", 1, 1)


@pytest.mark.parametrize(
    ("text", "seed", "count"),
    [("seed:0", 0, 1), ("seed:2147483647", 2**31 - 1, 1), ("count:1", None, 1), ("count:4", None, 4)],
)
def test_the_first_and_the_last_of_what_an_option_takes(text: str, seed: int | None, count: int) -> None:
    assert prompts.parse(text) == prompts.Request("hit house", seed, count)
    assert prompts.request("hit", seed=seed, count=count) == prompts.Request("hit", seed, count)


def test_a_prompt_may_be_as_long_as_is_said_and_no_longer() -> None:
    longest = "x" * prompts.LONGEST
    assert prompts.parse(f"  {longest}  ").prompt == longest
    with pytest.raises(errors.PromptTooLong):
        prompts.parse(longest + "x")


@pytest.mark.parametrize(
    "text",
    ["HOUSE!!!", "house.", "'house'", "“House”?", "(house)", "- house -", "house:", "🔥house🔥", "...house;"],
)
def test_case_and_punctuation_around_words_do_not_matter(text: str) -> None:
    assert prompts.parse(text).prompt == "house"
    assert prompts.parse(f"{text} seed:7!").seed == 7


def test_punctuation_inside_of_words_stays() -> None:
    assert prompts.parse("hip-hop, rock'n'roll! TR-808.").prompt == "hip-hop rock'n'roll tr-808"


@pytest.mark.parametrize("text", ["!!!", "-", "? ! ."])
def test_punctuation_alone_says_nothing(text: str) -> None:
    assert prompts.parse(text).prompt == prompts.DEFAULT


def test_control_characters_part_words() -> None:
    assert prompts.parse("hit\x00house\u202edeep\n808").prompt == "hit house deep 808"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("x" * 101, errors.PromptTooLong),
        ("speed:4", errors.UnknownOption),
        ("seed:-1", errors.BadOption),
        ("seed:2147483648", errors.BadOption),
        ("seed:" + "9" * 90, errors.BadOption),
        ("seed:٣", errors.BadOption),
        ("count:0", errors.BadOption),
        ("count:5", errors.BadOption),
        ("count:two", errors.BadOption),
        ("seed:1 seed:2", errors.OptionTwice),
    ],
)
def test_refuses_with_a_sentence(text: str, error: type[errors.KickbotError]) -> None:
    with pytest.raises(error) as refused:
        prompts.parse(text)
    assert "{" not in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_field_wins_over_the_word() -> None:
    assert prompts.request("hit seed:1 count:2", seed=7) == prompts.Request("hit", 7, 2)
    with pytest.raises(errors.BadOption):
        prompts.request("hit", count=99)


@given(st.text(max_size=200))
def test_every_text_is_read_or_refused(text: str) -> None:
    try:
        request = prompts.parse(text)
    except (errors.PromptTooLong, errors.UnknownOption, errors.BadOption, errors.OptionTwice):
        return
    assert 0 < len(request.prompt) <= prompts.LONGEST
    assert request.prompt == " ".join(request.words)
    assert request.prompt.isprintable()
    assert 1 <= request.count <= prompts.MOST_AT_ONCE
    assert prompts.parse(request.prompt) == prompts.Request(request.prompt), "what was read reads the same again"


@given(st.integers(0, prompts.SEEDS - 1) | st.none(), st.integers(1, prompts.MOST_AT_ONCE))
def test_seeds_differ_and_start_from_the_given_one(seed: int | None, count: int) -> None:
    seeds = prompts.Request("hit", seed, count).seeds(Random(1))
    assert len(set(seeds)) == count
    assert all(0 <= each < prompts.SEEDS for each in seeds)
    assert seed is None or seeds[0] == seed


@given(st.lists(st.sampled_from([*WORDS, "wobble", "hause"]), min_size=1))
def test_each_word_is_matched_or_named(words: list[str]) -> None:
    request = prompts.Request(" ".join(words))
    if WORDS.isdisjoint(words):
        with pytest.raises(errors.NoKnownWord) as refused:
            prompts.match(request, WORDS)
        assert all(word in str(refused.value) for word in words)
        return
    match = prompts.match(request, WORDS)
    assert sorted(match.matched + match.ignored) == sorted(words)
    assert WORDS.issuperset(match.matched)
    assert WORDS.isdisjoint(match.ignored)


def test_unknown_prompt_names_near_words_or_examples() -> None:
    with pytest.raises(errors.NoKnownWord, match="house"):
        prompts.match(prompts.Request("hause"), WORDS)
    with pytest.raises(errors.NoKnownWord, match="hit, house"):
        prompts.match(prompts.Request("zzzz"), WORDS)
