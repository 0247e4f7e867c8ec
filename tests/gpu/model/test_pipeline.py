"""From requests to kicks."""

import pickle
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gpu.model.errors import BadCheckpoint, BadRequest
from gpu.pipeline import Pipeline, Request
from tests.gpu.model import stand_in
from tests.gpu.model.stand_in import Floats

NOISE = stand_in.manifest().cases[0].noise


def same(ours: Floats, theirs: Floats) -> bool:
    """Equal up to rounding."""
    return bool(np.abs(ours - theirs).max() < 1e-4 * np.abs(theirs).max())


def test_a_kick_is_two_seconds_at_full_level_with_a_silent_end(pipeline: Pipeline) -> None:
    kick = pipeline.generate("Hit house, wobble", seed=7, steps=2)
    assert kick.samples.shape == (1, 88_200)
    assert kick.samples.dtype == np.float32
    assert 0.7 < np.abs(kick.samples).max() < 0.951
    assert not kick.samples[:, 77_175:].any()
    assert (kick.matched, kick.ignored, kick.seed) == (("hit", "house"), ("wobble",), 7)


def test_the_stages_are_timed(pipeline: Pipeline) -> None:
    timings = pipeline.generate("hit", seed=7, steps=2).timings
    stages = (timings.words, timings.sampling, timings.decoding, timings.vocoding)
    assert all(seconds > 0 for seconds in stages)
    assert timings.total == sum(stages)


def test_generate_is_its_stages_one_after_the_other(pipeline: Pipeline) -> None:
    kick = pipeline.generate("hit house", noise=NOISE, steps=3)
    wave = pipeline.vocode(pipeline.decode(pipeline.latents("hit house", noise=NOISE, steps=3)))
    heard = wave[0, :77_175]
    assert same(kick.samples[0, :44_100], heard[:44_100] * (0.95 / np.abs(heard).max()))


def test_a_seed_stands_for_its_noise_and_counts_up(pipeline: Pipeline) -> None:
    both = pipeline.generate("hit", seed=7, steps=2, count=2)
    first = pipeline.generate("hit", noise=NOISE, steps=2)
    second = pipeline.generate("hit", seed=8, steps=2)
    assert (both.seed, first.seed, second.seed) == (7, None, 8)
    assert same(both.samples, np.concatenate([first.samples, second.samples]))
    assert np.abs(both.samples[0] - both.samples[1]).max() > 0.1


def test_without_a_seed_one_is_drawn_and_told(pipeline: Pipeline) -> None:
    kicks = [pipeline.generate("hit", steps=1) for _ in range(2)]
    assert kicks[0].seed != kicks[1].seed
    again = pipeline.generate("hit", seed=kicks[0].seed, steps=1)
    np.testing.assert_array_equal(again.samples, kicks[0].samples)


REQUESTS = (
    Request("hit house", 1),
    Request("deep techno wobble", 2, cfg_scale=5.0),
    Request("", 3),
    Request("warm sub", 1, cfg_scale=1.0),
)


@pytest.mark.parametrize(("sampler", "requests"), [("ddim", REQUESTS), ("dpmpp_2m", REQUESTS[:2])])
def test_a_kick_is_the_same_in_whatever_batch_it_is_made(
    pipeline: Pipeline, sampler: str, requests: Sequence[Request]
) -> None:
    together = pipeline.generate_batch(requests, steps=4, sampler=sampler)
    for request, kick in zip(requests, together, strict=True):
        alone = pipeline.generate(
            request.prompt, seed=request.seed, cfg_scale=request.cfg_scale, steps=4, sampler=sampler
        )
        assert same(kick.samples, alone.samples)
        assert (kick.matched, kick.ignored, kick.seed) == (alone.matched, alone.ignored, request.seed)


def test_words_guidance_steps_and_sampler_all_change_the_kick(pipeline: Pipeline) -> None:
    ways: list[dict[str, Any]] = [{}, {"cfg_scale": 6.0}, {"cfg_scale": 1.0}, {"steps": 5}, {"sampler": "dpmpp_2m"}]
    latents = [pipeline.latents("hit house", noise=NOISE, **({"steps": 4} | way)) for way in ways]
    latents.append(pipeline.latents("deep", noise=NOISE, steps=4))
    different = {latent.tobytes() for latent in latents}
    assert len(different) == len(latents)


@pytest.mark.parametrize("cfg_scale", [1.0, 0.5, 0.0, -2.0])
def test_guidance_of_one_or_less_is_none(pipeline: Pipeline, cfg_scale: float) -> None:
    none = pipeline.latents("hit house", noise=NOISE, steps=3, cfg_scale=1.0)
    np.testing.assert_array_equal(pipeline.latents("hit house", noise=NOISE, steps=3, cfg_scale=cfg_scale), none)


def test_guidance_does_nothing_without_words(pipeline: Pipeline) -> None:
    none, much = (pipeline.latents("", noise=NOISE, steps=3, cfg_scale=scale) for scale in (1.0, 9.0))
    assert same(none, much)


def test_threads_may_share_a_pipeline(pipeline: Pipeline) -> None:
    def latents(prompt: str) -> Floats:
        return pipeline.latents(prompt, noise=NOISE, steps=20)

    prompts = ["hit", "house", "deep", "", "808 909"]
    alone = [latents(prompt) for prompt in prompts]
    with ThreadPoolExecutor(5) as threads:
        shared = list(threads.map(latents, prompts))
    np.testing.assert_array_equal(shared, alone)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"steps": 0}, "steps must be from 1 to 1000"),
        ({"steps": 1001}, "steps must be from 1 to 1000"),
        ({"cfg_scale": float("nan")}, "guidance scale must be a finite number"),
        ({"sampler": "euler"}, "no sampler called 'euler'"),
        ({"count": 0}, "at least one"),
        ({"seed": -1}, "seed must not be negative"),
        ({"noise": NOISE, "seed": 1}, "both a seed and the noise"),
        ({"noise": NOISE, "count": 2}, "must have the shape (2, 4, 8, 11)"),
        ({"noise": NOISE[0]}, "must have the shape (1, 4, 8, 11)"),
    ],
)
def test_what_cannot_be_made_is_refused(pipeline: Pipeline, wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(BadRequest) as caught:
        pipeline.generate("hit", **wrong)
    assert says in str(caught.value)


def test_an_empty_batch_is_refused(pipeline: Pipeline) -> None:
    with pytest.raises(BadRequest, match="at least one"):
        pipeline.generate_batch([])


def test_errors_travel_pickled() -> None:
    error = BadCheckpoint(file=Path("a.pt"), problem="is empty")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again)) == (BadCheckpoint, "The model file a.pt cannot be used: it is empty.")
