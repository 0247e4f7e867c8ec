"""What the worker sends back, read with care: it may be of another version than this."""

import pydantic

from core import errors
from core.engine import Rendered
from core.making.vocabulary import Vocabulary
from gpu.engines.sampling import Sampling

UNKNOWN = "unknown"


class _Kick(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(strict=True)

    audio: bytes
    matched: list[str]
    ignored: list[str]
    seed: int
    revision: str


class _Description(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(strict=True)

    revision: str
    vocabulary: list[str]


def rendered(answer: object, engine: str, sampling: Sampling) -> Rendered:
    """The kick in the answer of `generate`, or in that of an older worker: the bare sound.

    Raises `errors.EngineFailed` for anything else.
    """
    if isinstance(answer, bytes):
        return Rendered(answer, engine, UNKNOWN, None, None, None, sampling.steps, sampling.guidance)
    try:
        kick = _Kick.model_validate(answer)
    except pydantic.ValidationError as error:
        raise errors.EngineFailed(detail=f"the worker's answer is no kick: {_first(error)}") from error
    return Rendered(
        audio=kick.audio,
        engine=engine,
        revision=kick.revision,
        matched=tuple(kick.matched),
        ignored=tuple(kick.ignored),
        seed=kick.seed,
        steps=sampling.steps,
        guidance=sampling.guidance,
    )


def vocabulary(answer: object) -> Vocabulary:
    """The words in the answer of `describe`. Raises `errors.EngineFailed` for anything else."""
    try:
        told = _Description.model_validate(answer)
    except pydantic.ValidationError as error:
        raise errors.EngineFailed(detail=f"the worker's answer is no vocabulary: {_first(error)}") from error
    return Vocabulary(told.revision, frozenset(told.vocabulary))


def _first(error: pydantic.ValidationError) -> str:
    problem = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, problem['loc']))} {problem['msg']}".strip()
