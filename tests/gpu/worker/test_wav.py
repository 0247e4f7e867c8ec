"""WAV files, read back by libsndfile."""

import io

import numpy as np
import soundfile

from gpu import wav


def test_float_samples_come_back_exactly() -> None:
    samples = np.random.default_rng(1).standard_normal(88_200).astype(np.float32)
    file = wav.encode(samples, 44_100)
    info = soundfile.info(io.BytesIO(file))
    assert (info.samplerate, info.channels, info.format, info.subtype) == (44_100, 1, "WAV", "FLOAT")
    decoded, _ = soundfile.read(io.BytesIO(file), dtype="float32")
    np.testing.assert_array_equal(decoded, samples)


def test_a_kick_is_as_big_as_callers_know_it() -> None:
    assert round(len(wav.encode(np.zeros(88_200, np.float32), 44_100)) / 1000) in {353, 354}
