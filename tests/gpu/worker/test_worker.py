"""The worker's methods, called as Modal's own `.local()` calls them."""

import io
import pickle
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from gpu import worker
from gpu.engines.sampling import Sampling
from gpu.modal_engine import answers
from tests.gpu.worker.conftest import REVISION

pytestmark = pytest.mark.filterwarnings("ignore:The .* function is executing locally:UserWarning")


class PlainOnly(pickle.Unpickler):
    """Reads nothing that needs any code but pickle's own."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        raise AssertionError(f"{module_name}.{global_name} is needed to read the answer")


def samples_of(file: bytes) -> NDArray[np.float32]:
    """What is in the WAV file."""
    samples, rate = soundfile.read(io.BytesIO(file), dtype="float32")
    assert rate == 44_100
    return np.asarray(samples)


def test_a_caller_that_gives_nothing_gets_a_kick(generator: Any) -> None:
    file = generator.generate_kick.local(steps=1)
    info = soundfile.info(io.BytesIO(file))
    assert (info.frames, info.samplerate, info.channels, info.subtype) == (88_200, 44_100, 1, "FLOAT")
    # The peak is scaled to 0.95 before the tail is faded.
    assert 0.01 < np.abs(samples_of(file)).max() <= 0.9501
    assert isinstance(file, bytes)


def test_the_web_backends_call_is_understood(generator: Any) -> None:
    assert generator.generate_kick.local("hit house", 3.0, 1)[:4] == b"RIFF"


def test_kicks_without_a_seed_differ(generator: Any) -> None:
    assert generator.generate_kick.local(steps=1) != generator.generate_kick.local(steps=1)


def test_an_answer_tells_everything_in_plain_values(generator: Any) -> None:
    answer = generator.generate.local(prompt="Hit, house zzz", cfg_scale=3.0, steps=1, seed=42, sampler="ddim")
    assert PlainOnly(io.BytesIO(pickle.dumps(answer))).load() == answer
    assert (answer["matched"], answer["ignored"]) == (["hit", "house"], ["zzz"])
    assert (answer["seed"], answer["revision"]) == (42, REVISION)
    assert answer["timings"].keys() == {"words", "sampling", "decoding", "vocoding"}
    assert all(type(seconds) is float for seconds in answer["timings"].values())


def test_the_engine_reads_the_answer(generator: Any) -> None:
    rendered = answers.rendered(generator.generate.local(steps=1, seed=1), "modal", Sampling(steps=1))
    assert (rendered.revision, rendered.seed, rendered.matched, rendered.steps) == (REVISION, 1, ("hit", "house"), 1)


def test_a_seed_that_was_drawn_makes_the_kick_again(generator: Any) -> None:
    drawn = generator.generate.local(steps=1)
    again = generator.generate.local(steps=1, seed=drawn["seed"])
    np.testing.assert_allclose(samples_of(again["audio"]), samples_of(drawn["audio"]), atol=1e-5)


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ({"steps": 0}, "steps"),
        ({"steps": 10_000}, "steps"),
        ({"steps": "50"}, "steps"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**31}, "seed"),
        ({"seed": True}, "seed"),
        ({"cfg_scale": float("nan")}, "guidance"),
        ({"prompt": None}, "prompt"),
        ({"prompt": "x" * 2000}, "prompt"),
        ({"sampler": "magic"}, "magic"),
        ({"sampler": ["ddim"]}, "sampler"),
    ],
)
def test_a_bad_call_raises_what_every_caller_can_read(generator: Any, bad: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence) as caught:
        generator.generate.local(**{"steps": 1} | bad)
    assert type(caught.value) is ValueError


def test_calls_at_the_same_time_get_each_their_own_kick(generator: Any) -> None:
    alone = [generator.generate.local(steps=1, seed=seed) for seed in range(4)]
    together: dict[int, Any] = {}
    failures: list[Exception] = []

    def call(seed: int) -> None:
        try:
            together[seed] = generator.generate.local(steps=1, seed=seed)
        except ValueError as error:
            failures.append(error)

    threads = [threading.Thread(target=call, args=(seed,)) for seed in (0, 1, 2, 3, -1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(failures) == 1
    for seed, answer in enumerate(alone):
        np.testing.assert_allclose(samples_of(together[seed]["audio"]), samples_of(answer["audio"]), atol=1e-4)


def test_the_words_are_told_without_a_container_of_the_class(cache: Path) -> None:
    described = worker.describe.local()
    assert PlainOnly(io.BytesIO(pickle.dumps(described))).load() == described
    told = answers.vocabulary(described)
    assert told.revision == REVISION
    assert {"hit", "house"} <= told.words
