"""Checkpoints are data: what may be in a file, and what becomes of one that holds anything else."""

import io
import os
import pickle
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path, PosixPath
from typing import Any

import pytest
import torch

from gpu.model import unpickle
from gpu.model.errors import BadCheckpoint
from tests.gpu.model.published import training_code

TRACE = "trace-of-code-that-ran"


class Call:
    """Pickled, it is a call."""

    def __init__(self, function: Callable[..., Any], *arguments: object) -> None:
        self.call = function, arguments

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[object, ...]]:
        return self.call


class Foreign:
    """A harmless class that is on nobody's list."""


class TrickPath(PosixPath):
    """A path that acts when it is unpickled."""

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[object, ...]]:
        return os.mkdir, (TRACE,)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The current folder, in which code out of a file would leave its trace."""
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    assert not Path(TRACE).exists()


def problem(file: Path) -> str:
    """What the error says that loading the file ends with, without PyTorch's advice to load it without safety."""
    with pytest.raises(BadCheckpoint) as caught:
        unpickle.load(file)
    assert str(file) in str(caught.value)
    assert "weights_only" not in str(caught.value)
    return str(caught.value)


def saved(folder: Path, content: object) -> Path:
    torch.save(content, folder / "file.pt")
    return folder / "file.pt"


@pytest.mark.parametrize("path_module", ["pathlib", "pathlib._local"])
@pytest.mark.parametrize("name", ["DiffusionConfig", "AutoencoderConfig"])
def test_a_configuration_keeps_its_fields_and_its_paths_become_nothing(
    folder: Path, name: str, path_module: str
) -> None:
    with training_code(path_module) as code:
        config = getattr(code, name)(data_dir=code.PosixPath("/data"), latent_dim=8)
        file = saved(folder, {"config": config})
    settings = unpickle.load(file)["config"]
    assert isinstance(settings, unpickle.Settings)
    assert settings.fields["latent_dim"] == 8
    assert isinstance(settings.fields["data_dir"], unpickle.SavedPath)


@pytest.mark.parametrize(
    ("thing", "named"),
    [
        (Call(os.system, f"mkdir {TRACE}"), "posix.system"),
        (Call(os.mkdir, TRACE), "posix.mkdir"),
        (Call(eval, f"__import__('os').mkdir('{TRACE}')"), "builtins.eval"),
        (Call(exec, f"__import__('os').mkdir('{TRACE}')"), "builtins.exec"),
        (TrickPath("data"), "posix.mkdir"),
        (Foreign(), "test_unpickling.Foreign"),
    ],
    ids=["os.system", "os.mkdir", "eval", "exec", "path", "class"],
)
@pytest.mark.parametrize(
    "around",
    [
        lambda thing: {"ema_state_dict": {"down_in.bias": thing}},
        lambda thing: {"optimizer_state_dict": {"state": {0: {"exp_avg": (torch.zeros(3), [thing])}}}},
        lambda thing: {"vocab": ["hit", thing]},
        lambda thing: {thing: "as a key"},
    ],
    ids=["weights", "optimiser", "vocabulary", "key"],
)
def test_code_is_named_and_not_run(folder: Path, around: Callable[[object], object], thing: object, named: str) -> None:
    file = saved(folder, around(thing))
    assert f"{named}, which is code and no weights" in problem(file)


def test_code_in_a_field_of_the_configuration(folder: Path) -> None:
    with training_code() as code:
        file = saved(folder, {"config": code.DiffusionConfig(data_dir=Call(os.mkdir, TRACE))})
    assert "posix.mkdir" in problem(file)


def test_a_state_that_would_set_attributes_is_refused(folder: Path) -> None:
    """Pickle lets a state be a pair, whose second part is set attribute by attribute: `__class__` for instance."""
    with training_code() as code:

        class DiffusionConfig:
            __module__ = code.__name__

            def __reduce__(self) -> tuple[Any, ...]:
                return type(self), (), ({}, {"__class__": code.AutoencoderConfig})

        DiffusionConfig.__qualname__ = "DiffusionConfig"
        vars(code)["DiffusionConfig"] = DiffusionConfig
        file = saved(folder, {"config": DiffusionConfig()})
    assert "is damaged" in problem(file)


def test_a_tensor_that_claims_more_than_its_file_holds(folder: Path) -> None:
    storage = torch.zeros(4).untyped_storage()
    huge = Call(torch._utils._rebuild_tensor_v2, storage, 0, (1000, 1000), (1000, 1), False, {})
    assert "is damaged" in problem(saved(folder, {"weights": huge}))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "it is empty"),
        (b"These are not the weights you are looking for.", "it is no PyTorch checkpoint"),
        (pickle.dumps(Call(os.mkdir, TRACE)), "it is no PyTorch checkpoint"),
        (b"PK\x03\x04" + bytes(1000), "it is damaged or no PyTorch checkpoint"),
    ],
    ids=["empty", "text", "pickle", "zip magic"],
)
def test_files_that_are_no_checkpoint(folder: Path, content: bytes, says: str) -> None:
    (folder / "file.pt").write_bytes(content)
    assert says in problem(folder / "file.pt")


def test_a_file_in_the_old_format_of_torch(folder: Path) -> None:
    torch.save({"code": Call(os.mkdir, TRACE)}, folder / "file.pt", _use_new_zipfile_serialization=False)
    assert "is no PyTorch checkpoint" in problem(folder / "file.pt")


def test_a_tar_file(folder: Path) -> None:
    with tarfile.open(folder / "file.pt", "w") as archive:
        archive.addfile(tarfile.TarInfo("pickle"), io.BytesIO())
    assert "is no PyTorch checkpoint" in problem(folder / "file.pt")


@pytest.mark.parametrize("kept", [0.05, 0.5, 0.95, 0.999])
def test_a_truncated_file(folder: Path, kept: float) -> None:
    file = saved(folder, {"weights": torch.zeros(10_000)})
    content = file.read_bytes()
    file.write_bytes(content[: int(kept * len(content))])
    assert "is damaged" in problem(file)


@pytest.mark.parametrize("content", [[1, 2], "text", torch.zeros(3)], ids=["list", "text", "tensor"])
def test_a_checkpoint_that_is_no_dictionary(folder: Path, content: object) -> None:
    assert "holds no dictionary" in problem(saved(folder, content))


def test_a_file_that_is_not_there(folder: Path) -> None:
    assert "does not exist" in problem(folder / "file.pt")


def test_a_folder_in_place_of_a_file(folder: Path) -> None:
    assert "cannot be read" in problem(folder)


def test_what_is_not_used_is_not_read_into_memory(folder: Path) -> None:
    file = saved(folder, {"optimizer_state_dict": torch.ones(8_000_000), "step": 7})
    before = _resident()
    checkpoint = unpickle.load(file)
    assert checkpoint["step"] == 7
    assert _resident() - before < 8_000_000


def _resident() -> int:
    """Bytes of memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
