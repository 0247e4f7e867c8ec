"""What an engine may send, and each reason to refuse it."""

import tracemalloc
from collections.abc import Callable
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import errors
from core.sound import reading
from tests.core.sound.signals import encoded, kick, sine

KICK = kick(seconds=0.5)
WAV = encoded(KICK)
FLAC = encoded(KICK, kind="FLAC", subtype="PCM_24")


def problem(audio: bytes) -> object:
    with pytest.raises(errors.BadSound) as caught:
        reading.read(audio)
    return caught.value.facts["problem"]


@pytest.mark.parametrize("subtype", ["FLOAT", "DOUBLE", "PCM_16", "PCM_24", "PCM_32"])
def test_a_wav_is_read_as_it_is(subtype: str) -> None:
    read = reading.read(encoded(KICK, subtype=subtype))
    assert read.dtype == np.float64
    np.testing.assert_allclose(read, KICK, atol=2**-15 if subtype == "PCM_16" else 2**-22)


def test_a_flac_is_read_as_it_is() -> None:
    np.testing.assert_allclose(reading.read(FLAC), KICK, atol=2**-22)


def test_a_pad_byte_that_is_not_counted_does_no_harm() -> None:
    odd = encoded(KICK[:4411], subtype="PCM_24")
    assert len(odd) % 2 == 0, "libsndfile pads"
    assert reading.read(odd).size == 4411
    assert reading.read(odd[:-1]).size == 4411


def with_not_a_number(value: float) -> bytes:
    broken = KICK.copy()
    broken[1000] = value
    return encoded(broken)


@pytest.mark.parametrize(
    ("audio", "expected"),
    [
        (b"", "it is empty"),
        (b"<html>502 Bad Gateway</html>", "it is neither a WAV nor a FLAC file"),
        (encoded(KICK, kind="OGG", subtype="VORBIS"), "it is neither a WAV nor a FLAC file"),
        (WAV[:12], "it is truncated"),
        (WAV[: len(WAV) // 2], "it is truncated"),
        (WAV[:-4], "it is truncated"),
        (FLAC[: len(FLAC) // 2], "it cannot be decoded"),
        (b"RIFF\x04\0\0\0WAVE", "it holds no sound"),
        (WAV + bytes(100), "its header gives a wrong size"),
        (WAV[:4] + b"\xff\xff\xff\xff" + WAV[8:], "it is truncated"),
        (WAV[:4] + b"\x00\x01\x00\x00" + WAV[8:], "its header gives a wrong size"),
        (encoded(KICK, 48_000), "its sample rate is 48000 Hz instead of 44100 Hz"),
        (encoded(np.stack([KICK, KICK], axis=1)), "it has 2 channels instead of one"),
        (encoded(KICK, subtype="ULAW"), "its samples are of an unknown kind"),
        (encoded(KICK[:100]), "it is too short"),
        (encoded(np.resize(KICK, 10 * 44_100 + 1), subtype="PCM_16"), "it is too long"),
        (with_not_a_number(np.nan), "some of its samples are not numbers"),
        (with_not_a_number(-np.inf), "some of its samples are not numbers"),
        (encoded(np.zeros(44_100)), "it is silent"),
        (encoded(np.full(44_100, 0.5)), "it is silent"),
        (encoded(KICK * 0.0009), "it is silent"),
        (encoded(KICK * 1.2), "it is clipped"),
        (encoded(np.clip(KICK * 3, -1, 1)), "it is clipped"),
        (encoded(np.clip(KICK * 3, -1, 0.5), subtype="PCM_16"), "it is clipped"),
    ],
)
def test_a_bad_sound_is_refused_with_its_reason(audio: bytes, expected: str) -> None:
    assert problem(audio) == expected


def test_the_reason_reads_well() -> None:
    with pytest.raises(errors.BadSound, match=r"no usable sound \(it is silent\)\. This attempt was not counted"):
        reading.read(encoded(np.zeros(44_100)))


def test_a_data_chunk_that_claims_too_much_is_refused() -> None:
    at = WAV.index(b"data") + 4
    assert problem(WAV[:at] + b"\xff\xff\xff\x7f" + WAV[at + 4 :]) == "its header gives a wrong size"


@pytest.mark.parametrize("subtype", ["FLOAT", "PCM_16", "PCM_24"])
@pytest.mark.parametrize("hz", [20, 50, 5000])
def test_a_sine_that_just_touches_full_scale_is_not_clipped(hz: float, subtype: str) -> None:
    assert reading.read(encoded(sine(hz), subtype=subtype)).size == 44_100


def test_a_flat_top_below_full_scale_is_a_sound_not_a_fault() -> None:
    assert reading.read(encoded(np.clip(KICK * 10, -0.95, 0.95))).size == KICK.size


def flac_of(frames: int) -> bytes:
    """The same FLAC file with another number of samples in its header: 36 bits from the middle of byte 21 on."""
    head = FLAC[21] & 0xF0 | frames >> 32
    return FLAC[:21] + bytes([head]) + (frames & 0xFFFFFFFF).to_bytes(4, "big") + FLAC[26:]


@pytest.mark.parametrize("frames", [0, 2**36 - 1, 10 * 44_100 + 1])
def test_a_flac_that_claims_an_absurd_length_is_refused_unread(frames: int) -> None:
    assert peak_memory(lambda: problem(flac_of(frames)) == "it is too long") < 1_000_000


def test_a_flac_that_ends_early_is_refused() -> None:
    assert problem(flac_of(100_000)) in {"it is truncated", "it cannot be decoded"}


def test_a_huge_answer_is_refused_by_its_length_alone() -> None:
    huge = WAV + bytes(200 * 1024 * 1024)
    assert peak_memory(lambda: problem(huge) == "it is too large") < 100_000


def peak_memory(check: Callable[[], bool]) -> int:
    tracemalloc.start()
    try:
        assert check()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@settings(max_examples=200, deadline=None)
@given(
    file=st.sampled_from([WAV, FLAC]),
    changes=st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), min_size=1, max_size=12),
)
def test_whatever_a_damaged_header_says_is_read_or_refused(file: bytes, changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(file)
    for position, value in changes:
        damaged[position] = value
    with suppress(errors.BadSound):
        samples = reading.read(bytes(damaged))
        assert samples.ndim == 1
        assert np.isfinite(samples).all()


@pytest.mark.parametrize("size", [441, 10 * 44_100])
def test_the_shortest_and_the_longest_are_taken(size: int) -> None:
    assert reading.read(encoded(np.resize(KICK, size), subtype="PCM_16")).size == size


def test_one_sample_less_than_the_shortest_is_too_short() -> None:
    assert problem(encoded(np.resize(KICK, 440))) == "it is too short"


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize(("run", "clipped"), [(9, False), (10, True)])
def test_ten_samples_in_a_row_at_full_scale_are_clipped(run: int, clipped: bool, side: int) -> None:
    sound = KICK * 0.5
    sound[100 : 100 + run] = side
    sound[200:209] = side
    if clipped:
        assert problem(encoded(sound)) == "it is clipped"
    else:
        assert reading.read(encoded(sound)).size == KICK.size


def test_an_answer_may_be_as_large_as_is_said() -> None:
    """Its size alone is no reason yet; the next byte is."""
    assert problem(b"fLaC" + bytes(reading.LARGEST - 4)) != "it is too large"
    assert problem(b"fLaC" + bytes(reading.LARGEST - 3)) == "it is too large"
    assert reading.LARGEST >= 10 * 44_100 * 8, "ten seconds in the largest samples"


@pytest.mark.parametrize(("level", "heard"), [(-59.9, True), (-60.1, False)])
def test_what_never_rises_above_minus_60_db_is_silent(level: float, heard: bool) -> None:
    quiet = encoded(sine(100) * 10 ** (level / 20))
    if heard:
        assert reading.read(quiet).size
    else:
        assert problem(quiet) == "it is silent"
