"""Which engine makes the kicks."""

import pytest

from core import errors
from gpu.engines.choosing import Choice, Facts, choose

NOTHING = Facts(modal_tokens=False, weights=False, torch=False)
MODEL = Facts(modal_tokens=False, weights=True, torch=True)
TOKENS = Facts(modal_tokens=True, weights=False, torch=False)
ALL = Facts(modal_tokens=True, weights=True, torch=True)


@pytest.mark.parametrize(
    ("facts", "engine"),
    [
        (NOTHING, "synth"),
        (Facts(modal_tokens=False, weights=True, torch=False), "synth"),
        (Facts(modal_tokens=False, weights=False, torch=True), "synth"),
        (MODEL, "diffusion"),
        (TOKENS, "modal"),
        (ALL, "modal"),
    ],
)
def test_auto_takes_the_best_there_is(facts: Facts, engine: str) -> None:
    assert choose("auto", fallback=False, facts=facts) == Choice(engine)  # type: ignore[arg-type]


def test_a_wish_is_a_wish() -> None:
    assert choose("synth", fallback=True, facts=ALL) == Choice("synth")
    assert choose("diffusion", fallback=True, facts=ALL) == Choice("diffusion")
    assert choose("modal", fallback=False, facts=ALL) == Choice("modal")


def test_modal_falls_back_to_the_best_engine_of_this_process() -> None:
    assert choose("auto", fallback=True, facts=ALL) == Choice("modal", "diffusion")
    assert choose("modal", fallback=True, facts=TOKENS) == Choice("modal", "synth")


@pytest.mark.parametrize(
    ("wanted", "facts", "setting", "advice"),
    [
        ("modal", MODEL, "MODAL_TOKEN_ID", "MODAL_TOKEN_SECRET"),
        ("diffusion", TOKENS, "KICK_ENGINE", "kickbot model download"),
        ("diffusion", Facts(modal_tokens=True, weights=True, torch=False), "KICK_ENGINE", "pip install torch"),
    ],
)
def test_a_wish_that_cannot_be_met_ends_the_start(wanted: str, facts: Facts, setting: str, advice: str) -> None:
    with pytest.raises(errors.BadSetting, match=f"{setting}: .*{advice}"):
        choose(wanted, fallback=True, facts=facts)  # type: ignore[arg-type]
