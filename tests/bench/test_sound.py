"""From an engine's answer to file, picture and facts: how long each step takes on one core."""

import time
from collections.abc import Callable

import pytest

from core.sound import finishing, measuring, picture, preparing, reading, writing
from tests.bench.measuring import percentiles, tell
from tests.core.sound.signals import encoded, kick

pytestmark = pytest.mark.bench

ANSWER = "a 2 s answer: "


def timed(work: Callable[[], object]) -> str:
    work()
    seconds = []
    for _ in range(40):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return percentiles(seconds)


def test_preparing_a_two_second_kick() -> None:
    audio = encoded(kick(50, 1.6))
    samples = reading.read(audio)
    finished = finishing.finish(samples)
    facts = measuring.measure(finished)
    label = preparing.Label("AI: Burkhard", "hit house", 42)
    tell(ANSWER + "read", timed(lambda: reading.read(audio)))
    tell(ANSWER + "finish", timed(lambda: finishing.finish(samples)))
    tell(ANSWER + "measure", timed(lambda: measuring.measure(finished)))
    tell(ANSWER + "write", timed(lambda: writing.write(finished, title=label.title, comment=label.recipe)))
    tell(ANSWER + "draw", timed(lambda: picture.draw(finished, facts)), "40 ms")
    tell(ANSWER + "all of it (preparing.prepare)", timed(lambda: preparing.prepare(audio, label)), "100 ms")
    tell(ANSWER + "sizes", f"{len(preparing.prepare(audio, label).picture) / 1000:.1f} kB picture")
