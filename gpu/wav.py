"""WAV files of float samples, written without a sound library: the worker's image has none."""

import struct

import numpy as np
from numpy.typing import NDArray

IEEE_FLOAT = 3


def encode(samples: NDArray[np.float32], rate: int = 44_100) -> bytes:
    """A mono 32-bit float WAV of `samples` (shape (n,)) at `rate` Hz.

    The chunks are those that Microsoft's "Multiple channel audio data and WAVE files" asks of formats other than PCM:
    `fmt ` with an empty extension, `fact` with the number of samples, `data`.
    """
    data = samples.astype("<f4").tobytes()
    head = b"".join(
        (
            _chunk(b"fmt ", struct.pack("<HHIIHHH", IEEE_FLOAT, 1, rate, 4 * rate, 4, 32, 0)),
            _chunk(b"fact", struct.pack("<I", len(samples))),
            _chunk(b"data", data),
        )
    )
    return _chunk(b"RIFF", b"WAVE" + head)


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content
