"""Which kicks share a batch."""

from contextlib import closing
from typing import Any

import pytest

from gpu.model.errors import BadRequest
from gpu.model.kick import Request
from gpu.rendering import Kick, kicks_of
from tests.fakes.model import FakeModel


def test_kicks_with_the_same_steps_and_sampler_share_a_batch() -> None:
    model = FakeModel(gate=False)
    with closing(kicks_of(model, most=8)) as kicks:
        futures = [kicks.submit(Kick(Request("hit", 0), 50, "ddim"))]
        assert model.entered.wait(5)
        asked = [("house", 1, 50, "ddim"), ("deep", 2, 50, "ddim"), ("hit", 3, 12, "dpmpp_2m"), ("hit", 4, 12, "ddim")]
        futures += [kicks.submit(Kick(Request(prompt, seed), steps, sampler)) for prompt, seed, steps, sampler in asked]
        model.gate.set()
        assert [future.result(5).seed for future in futures] == [0, 1, 2, 3, 4]
    shared = [([request.seed for request in requests], steps, sampler) for requests, steps, sampler in model.batches]
    assert shared == [([0], 50, "ddim"), ([1, 2], 50, "ddim"), ([3], 12, "dpmpp_2m"), ([4], 12, "ddim")]


@pytest.mark.parametrize(
    "change",
    [{"prompt": 5}, {"prompt": "x" * 1001}, {"seed": 1.0}, {"seed": -1}, {"cfg_scale": float("inf")}, {"steps": 0}],
)
def test_what_no_model_can_make_is_refused_before_it_waits(change: dict[str, Any]) -> None:
    given: dict[str, Any] = {"prompt": "hit", "seed": 1, "cfg_scale": 3.0, "steps": 50} | change
    with pytest.raises(BadRequest):
        Kick(Request(given["prompt"], given["seed"], given["cfg_scale"]), given["steps"], "ddim")
