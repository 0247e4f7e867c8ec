"""An engine's answer becomes samples, or is refused with the reason."""

from io import BytesIO
from struct import unpack_from

import numpy as np
import numpy.typing as npt
import soundfile

from core import errors
from core.sound.level import amplitude
from core.sound.samples import SAMPLE_RATE, SHORTEST_SECONDS, FloatArray, count

WRONG_SIZE = "its header gives a wrong size"
LARGEST = 4 * 1024 * 1024
LONGEST_SECONDS = 10.0
SUBTYPES = frozenset({"PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"})


def read(audio: bytes) -> FloatArray:
    """The samples of a WAV or FLAC file, shape (n,), between -1 and 1.

    Raises `errors.BadSound` for whatever is no mono sound at 44.1 kHz that can be heard and is neither damaged nor
    clipped. Size, format and length are looked at before anything is decoded, so that no file takes much memory.
    """
    _check_container(audio)
    try:
        with soundfile.SoundFile(BytesIO(audio)) as file:
            _check_format(file)
            frames = file.frames
            samples: FloatArray = np.asarray(file.read(frames, dtype="float64"), dtype=np.float64)
    except (soundfile.SoundFileError, RuntimeError) as error:
        raise errors.BadSound(problem="it cannot be decoded", detail=str(error)) from error
    if samples.size < frames:
        raise errors.BadSound(problem="it is truncated", detail=f"{samples.size} of {frames} samples")
    _check_samples(samples)
    return samples


def _check_container(audio: bytes) -> None:
    if not audio:
        raise errors.BadSound(problem="it is empty")
    if len(audio) > LARGEST:
        raise errors.BadSound(problem="it is too large", detail=f"{len(audio)} bytes")
    if audio[:4] == b"RIFF" and audio[8:12] == b"WAVE":
        _check_chunks(audio)
    elif audio[:4] != b"fLaC":
        raise errors.BadSound(problem="it is neither a WAV nor a FLAC file", detail=repr(audio[:12]))


def _check_chunks(audio: bytes) -> None:
    """Hold the sizes that a RIFF file claims against its true one: libsndfile quietly reads what there is.

    A chunk of odd size is padded to an even one; that a writer forgot to pad or to count the last byte is common
    and harmless.
    """
    claimed = 8 + int(unpack_from("<I", audio, 4)[0])
    if claimed > len(audio) + 1:
        raise errors.BadSound(problem="it is truncated", detail=f"{len(audio)} of {claimed} bytes")
    if claimed < len(audio) - 1:
        raise errors.BadSound(problem=WRONG_SIZE, detail=f"{claimed} for {len(audio)} bytes")
    position, names = 12, set[bytes]()
    while position + 8 <= len(audio):
        name, size = unpack_from("<4sI", audio, position)
        position += 8 + size
        if position > len(audio):
            raise errors.BadSound(problem=WRONG_SIZE, detail=f"{name!r} ends at {position} of {len(audio)}")
        position += size % 2
        names.add(name)
    if not {b"fmt ", b"data"} <= names:
        raise errors.BadSound(problem="it holds no sound", detail=f"chunks {sorted(names)}")


def _check_format(file: soundfile.SoundFile) -> None:
    if file.samplerate != SAMPLE_RATE:
        raise errors.BadSound(problem=f"its sample rate is {file.samplerate} Hz instead of {SAMPLE_RATE} Hz")
    if file.channels != 1:
        raise errors.BadSound(problem=f"it has {file.channels} channels instead of one")
    if file.subtype not in SUBTYPES:
        raise errors.BadSound(problem="its samples are of an unknown kind", detail=file.subtype)
    if file.frames < count(SHORTEST_SECONDS):
        raise errors.BadSound(problem="it is too short", detail=f"{file.frames} samples")
    if file.frames > count(LONGEST_SECONDS):
        raise errors.BadSound(problem="it is too long", detail=f"{file.frames} samples")


def _check_samples(samples: FloatArray) -> None:
    if not np.isfinite(samples).all():
        raise errors.BadSound(problem="some of its samples are not numbers")
    if np.abs(samples - samples.mean()).max() < amplitude(-60):
        raise errors.BadSound(problem="it is silent")
    if _clipped(samples):
        raise errors.BadSound(problem="it is clipped")


def _clipped(samples: FloatArray) -> bool:
    """Whether samples lie beyond full scale, as a float file can hold them, or ten in a row of one sign lie at it.

    Full scale is that of 16 bits less half a step. A whole sine of 20 Hz, flatter than any kick, stays there for
    seven samples at a time.
    """
    full = 1 - 1.5 / 2**15
    if np.abs(samples).max() > 1 + 1e-6:
        return True
    return any(_longest_run(side) >= 10 for side in (samples > full, samples < -full))


def _longest_run(flags: npt.NDArray[np.bool_]) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return int(np.max(edges[1::2] - edges[::2], initial=0))
