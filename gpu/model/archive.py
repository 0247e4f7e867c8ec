"""Our own model file: one safetensors file with only what inference needs, its facts in the header."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import safetensors
import torch
from safetensors.torch import save_file

from gpu.model import weights
from gpu.model.config import Config
from gpu.model.errors import BadCheckpoint

FORMAT = "kickbot-model-1"


@dataclass(frozen=True, slots=True)
class Info:
    """What there is to say about a model file. `dtype` is `F32` or `F16`."""

    revision: str
    vocabulary: tuple[str, ...]
    config: Config
    parameters: int
    dtype: str
    size: int


def write(file: Path, model: weights.Weights, *, half: bool = False) -> None:
    """Write `model` in float32 (47 MB) or float16 (24 MB); readers see the old file or the new one, never a part."""
    dtype = torch.float16 if half else torch.float32
    tensors = {name: tensor.to("cpu", dtype).contiguous() for name, tensor in model.tensors.items()}
    header = {
        "format": FORMAT,
        "revision": model.revision,
        "config": json.dumps(asdict(model.config)),
        "vocabulary": json.dumps(model.vocabulary),
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f".{file.name}.{uuid4().hex}")
    try:
        save_file(tensors, unfinished, header)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def read(file: Path) -> weights.Weights:
    """Read what `write` wrote, the tensors mapped into memory where they are float32; raises `BadCheckpoint`."""
    with _open(file) as content:
        header = _header(file, content)
        config, vocabulary = _config(file, header), _vocabulary(file, header)
        found: dict[str, object] = {name: content.get_tensor(name) for name in content.offset_keys()}
    expected = weights.shapes(config, len(vocabulary))
    return weights.Weights(config, vocabulary, header["revision"], dict(weights.taken(file, found, expected)))


def info(file: Path) -> Info:
    """What the header says; raises `BadCheckpoint`."""
    with _open(file) as content:
        header = _header(file, content)
        slices = [content.get_slice(name) for name in content.offset_keys()]
    return Info(
        revision=header["revision"],
        vocabulary=_vocabulary(file, header),
        config=_config(file, header),
        parameters=sum(torch.Size(part.get_shape()).numel() for part in slices),
        dtype=min((part.get_dtype() for part in slices), default="none"),
        size=file.stat().st_size,
    )


def _open(file: Path) -> Any:
    opener: Any = safetensors.safe_open
    try:
        return opener(file, framework="pt")
    except FileNotFoundError as error:
        raise BadCheckpoint(file=file, problem="does not exist") from error
    except (safetensors.SafetensorError, OSError) as error:
        raise BadCheckpoint(file=file, problem="is damaged or no safetensors file") from error


def _header(file: Path, content: Any) -> dict[str, str]:
    header: dict[str, str] = content.metadata() or {}
    if header.get("format") != FORMAT or not header.keys() >= {"revision", "config", "vocabulary"}:
        raise BadCheckpoint(file=file, problem=f"is a safetensors file of another kind than {FORMAT}")
    return header


def _config(file: Path, header: dict[str, str]) -> Config:
    fields = _json(file, header["config"])
    return weights.configuration(file, fields if isinstance(fields, dict) else {})


def _vocabulary(file: Path, header: dict[str, str]) -> tuple[str, ...]:
    return weights.vocabulary(file, _json(file, header["vocabulary"]))


def _json(file: Path, text: str) -> object:
    try:
        value: object = json.loads(text)
    except ValueError as error:
        raise BadCheckpoint(file=file, problem="has a header that is no JSON") from error
    return value
