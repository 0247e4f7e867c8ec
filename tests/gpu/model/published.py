"""Files as the training wrote them: three checkpoints full of what inference does not need, on stand-in weights."""

import functools
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, make_dataclass
from pathlib import Path, PosixPath
from types import ModuleType
from typing import Any

import torch
from torch import Tensor

from gpu.model import published
from tests.gpu.model import stand_in

Checkpoint = dict[str, Any]
Change = Callable[[Checkpoint], None]

INFERENCE: Mapping[str, object] = {
    "latent_dim": 4,
    "base_channels": 64,
    "cond_dim": 256,
    "text_embed_dim": 64,
    "timesteps": 1000,
    "beta_start": 1e-4,
    "beta_end": 0.02,
}


@dataclass(frozen=True)
class Training:
    """The training as it was when it saved.

    `path_module` is where its Python kept `PosixPath`: `pathlib._local` in 3.13, `pathlib` before and after. `full`
    keeps optimisers and discriminators in their real sizes, which makes about 350 MB instead of 90. `changes` are
    applied to the checkpoints, by file, before they are saved.
    """

    path_module: str = "pathlib"
    full: bool = False
    changes: Mapping[str, Change] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        """Save the three files under `folder/weights`."""
        for name in published.FILES:
            self.write_one(folder, name)
        return folder

    def write_one(self, folder: Path, name: str) -> None:
        """Save the file of this name under `folder`."""
        makers = {published.DIFFUSION: self._diffusion, published.VAE: self._vae, published.VOCODER: self._vocoder}
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with training_code(self.path_module) as code:
            content = makers[name](code)
            if name in self.changes:
                self.changes[name](content)
            torch.save(content, folder / name)

    def _diffusion(self, code: ModuleType) -> Checkpoint:
        unet = _state("unet")
        return {
            "step": 100_000,
            "model_state_dict": _state("unet", salt="raw."),
            "ema_state_dict": unet,
            "text_enc_state_dict": _state("text"),
            "optimizer_state_dict": self._adam(unet),
            "vocab": list(stand_in.manifest().vocabulary),
            "config": code.DiffusionConfig(data_dir=code.PosixPath("/data/kicks")),
        }

    def _vae(self, code: ModuleType) -> Checkpoint:
        vae = _state("vae")
        config = code.AutoencoderConfig(data_dir=code.PosixPath("/data/kicks"))
        return {"epoch": 100, "model_state_dict": vae, "optimizer_state_dict": self._adam(vae), "config": config}

    def _vocoder(self, _: ModuleType) -> Checkpoint:
        generator = _state("vocoder")
        width = 1024 if self.full else 8
        discriminators = {
            part: OrderedDict((f"{part}.{layer}.weight", torch.ones(width, width, 2)) for layer in range(3))
            for part in ("mpd", "msd")
        }
        return {
            "generator": generator,
            **discriminators,
            "optim_g": self._adam(generator),
            "optim_d": self._adam({**discriminators["mpd"], **discriminators["msd"]}),
            "sched_g": {"gamma": 0.999, "base_lrs": [2e-4], "last_epoch": 50, "_last_lr": [1.9e-4]},
            "sched_d": {"gamma": 0.999, "base_lrs": [2e-4], "last_epoch": 50, "_last_lr": [1.9e-4]},
            "epoch": 50,
        }

    def _adam(self, parameters: Mapping[str, Tensor]) -> Checkpoint:
        tensors = list(parameters.values())[: None if self.full else 2]
        state = {
            index: {"step": torch.tensor(1e5), "exp_avg": torch.zeros_like(of), "exp_avg_sq": torch.ones_like(of)}
            for index, of in enumerate(tensors)
        }
        return {"state": state, "param_groups": [{"lr": 1e-4, "betas": (0.9, 0.999), "params": list(state)}]}


@functools.cache
def _state(part: str, salt: str = "") -> "OrderedDict[str, Tensor]":
    arrays = stand_in.fill(part, stand_in.manifest().shapes[part], salt)
    state = OrderedDict((name, torch.from_numpy(array)) for name, array in arrays.items())
    vars(state)["_metadata"] = OrderedDict({"": {"version": 1}})  # as Module.state_dict() has it
    return state


@contextmanager
def training_code(path_module: str = "pathlib") -> Iterator[ModuleType]:
    """Make the classes importable under the names that the training knew them by, for as long as it saves."""
    config = ModuleType("training.config")
    for name in ("DiffusionConfig", "AutoencoderConfig"):
        fields = [(key, object, value) for key, value in {"data_dir": None, **INFERENCE}.items()]
        setattr(config, name, _at(config, make_dataclass(name, fields)))
    paths = sys.modules.get(path_module) or ModuleType(path_module)
    if not hasattr(paths, "PosixPath"):
        setattr(paths, "PosixPath", _at(paths, type("PosixPath", (PosixPath,), {})))  # noqa: B010
    setattr(config, "PosixPath", paths.PosixPath)  # noqa: B010
    modules = {"training": ModuleType("training"), config.__name__: config, path_module: paths}
    before = {name: sys.modules.get(name) for name in modules}
    sys.modules.update(modules)
    try:
        yield config
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]


def _at(module: ModuleType, cls: type) -> type:
    cls.__module__ = module.__name__
    return cls
