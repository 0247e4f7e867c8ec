"""Our own model file: written once, read whole, refused when it is anything else."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from gpu.model import archive
from gpu.model.conversion import convert
from gpu.model.errors import BadCheckpoint
from gpu.pipeline import Pipeline
from tests.gpu.model import stand_in

COMMIT = "ab" * 20


@pytest.fixture(scope="module")
def model_file(published_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("archive") / "models" / "kick.safetensors"
    convert(published_folder, target, revision=COMMIT)
    return target


def test_a_converted_model_makes_the_same_kick(model_file: Path, pipeline: Pipeline) -> None:
    ours = Pipeline.load(model_file)
    assert (ours.vocabulary, ours.config, ours.revision) == (pipeline.vocabulary, pipeline.config, COMMIT)
    kicks = [model.generate("hit house", seed=5, steps=4).samples for model in (ours, pipeline)]
    np.testing.assert_allclose(kicks[0], kicks[1], rtol=0, atol=1e-4)


def test_the_file_holds_what_inference_needs_and_no_more(model_file: Path) -> None:
    info = archive.info(model_file)
    assert info.revision == COMMIT
    assert list(info.vocabulary) == stand_in.manifest().vocabulary
    assert (info.parameters, info.dtype) == (11_834_182, "F32")
    assert 47.3e6 < info.size < 47.4e6
    assert not any("encoder" in name or "parametrizations" in name for name in load_file(model_file))


def test_a_saved_pipeline_is_the_file_that_it_was_loaded_from(model_file: Path, tmp_path: Path) -> None:
    Pipeline.load(model_file).save(tmp_path / "copy")
    assert archive.info(tmp_path / "copy") == archive.info(model_file)
    ours, theirs = load_file(tmp_path / "copy"), load_file(model_file)
    assert all(torch.equal(tensor, ours[name]) for name, tensor in theirs.items())


def test_a_pipeline_can_be_saved_over_its_own_file(model_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.write_bytes(model_file.read_bytes())
    pipeline = Pipeline.load(copy)
    pipeline.save(copy, half=True)
    assert archive.info(copy).dtype == "F16"
    assert np.isfinite(pipeline.generate("hit", seed=1, steps=1).samples).all()
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


def test_half_the_size_at_little_loss(model_file: Path, tmp_path: Path, pipeline: Pipeline) -> None:
    pipeline.save(tmp_path / "half", half=True)
    info = archive.info(tmp_path / "half")
    assert (info.dtype, info.parameters) == ("F16", 11_834_182)
    assert info.size < 23.8e6
    half = Pipeline.load(tmp_path / "half").generate("hit house", seed=5, steps=4).samples
    full = pipeline.generate("hit house", seed=5, steps=4).samples
    assert 0 < np.abs(half - full).max() < 0.05


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(model_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "kick"
    target.mkdir()
    with pytest.raises(OSError, match="kick"):
        archive.write(target, archive.read(model_file))
    assert list(tmp_path.iterdir()) == [target]


def without(name: str) -> Callable[[dict[str, torch.Tensor], dict[str, str]], None]:
    def change(tensors: dict[str, torch.Tensor], header: dict[str, str]) -> None:
        tensors.pop(name, None)
        header.pop(name, None)

    return change


def with_header(**entries: str) -> Callable[[dict[str, torch.Tensor], dict[str, str]], None]:
    return lambda _, header: header.update(entries)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (without("unet.down_in.bias"), "lacks unet.down_in.bias"),
        (lambda tensors, _: tensors.update(extra=torch.zeros(1)), "holds extra"),
        (lambda tensors, _: tensors.update({"unet.down_in.bias": torch.zeros(3)}), "as (3,) instead of (64,)"),
        (without("format"), "of another kind than kickbot-model-1"),
        (without("config"), "of another kind than kickbot-model-1"),
        (with_header(format="kickbot-model-0"), "of another kind than kickbot-model-1"),
        (with_header(config="[1]"), "lacks latent_dim"),
        (with_header(config="no json"), "has a header that is no JSON"),
        (with_header(vocabulary=json.dumps(["hit"])), "text.embedding.weight as (30, 64) instead of (1, 64)"),
    ],
)
def test_a_file_with_something_wrong_in_it(
    model_file: Path,
    tmp_path: Path,
    change: Callable[[dict[str, torch.Tensor], dict[str, str]], None],
    says: str,
) -> None:
    with safe_open(model_file, framework="pt") as content:
        header = content.metadata()
    tensors = load_file(model_file)
    change(tensors, header)
    save_file(tensors, tmp_path / "changed", header)
    with pytest.raises(BadCheckpoint) as caught:
        Pipeline.load(tmp_path / "changed")
    assert str(tmp_path / "changed") in str(caught.value)
    assert says in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"text", bytes(100), None], ids=["empty", "text", "zeros", "missing"])
@pytest.mark.parametrize("read", [archive.read, archive.info])
def test_a_file_that_is_none_of_ours(tmp_path: Path, content: bytes | None, read: Callable[[Path], object]) -> None:
    if content is not None:
        (tmp_path / "file").write_bytes(content)
    with pytest.raises(BadCheckpoint, match=r"is damaged or no safetensors file|does not exist"):
        read(tmp_path / "file")


def test_a_truncated_file(model_file: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(model_file.read_bytes()[:-1])
    with pytest.raises(BadCheckpoint, match="is damaged"):
        archive.read(tmp_path / "file")
