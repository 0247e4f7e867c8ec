"""Which engine makes the kicks: decided once, at start."""

from dataclasses import dataclass
from typing import Literal

from core import errors

Name = Literal["modal", "diffusion", "synth"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What there is to choose from: Modal's tokens, the model's weights on disk, PyTorch to run them."""

    modal_tokens: bool
    weights: bool
    torch: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """The engine, and the one in this process that steps in where Modal takes no orders."""

    engine: Name
    fallback: Name | None = None


def choose(wanted: Literal["auto", "modal", "diffusion", "synth"], *, fallback: bool, facts: Facts) -> Choice:
    """Take what is `wanted`, or the best there is. Raises `errors.BadSetting` where what is wanted cannot run."""
    engine = _best(facts) if wanted == "auto" else wanted
    if engine == "modal" and not facts.modal_tokens:
        raise errors.BadSetting(
            name="MODAL_TOKEN_ID", problem="KICK_ENGINE=modal needs it, and MODAL_TOKEN_SECRET with it"
        )
    if engine == "diffusion" and not facts.weights:
        raise errors.BadSetting(
            name="KICK_ENGINE", problem="diffusion needs the model's weights; `kickbot model download` fetches them"
        )
    if engine == "diffusion" and not facts.torch:
        raise errors.BadSetting(name="KICK_ENGINE", problem="diffusion needs PyTorch; `pip install torch` adds it")
    return Choice(engine, _local(facts) if fallback and engine == "modal" else None)


def _best(facts: Facts) -> Name:
    return "modal" if facts.modal_tokens else _local(facts)


def _local(facts: Facts) -> Name:
    return "diffusion" if facts.weights and facts.torch else "synth"
