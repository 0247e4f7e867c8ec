"""The four parts of the model as one module, whose parameter names are those of our own model file."""

from collections.abc import Mapping
from typing import Self

from torch import Tensor, nn

from gpu.model.config import Config
from gpu.model.text import KeywordEncoder
from gpu.model.unet import UNet
from gpu.model.vae import Decoder
from gpu.model.vocoder import Vocoder


class Network(nn.Module):
    """U-Net, keyword encoder, decoder and vocoder; weight norm is folded."""

    def __init__(self, config: Config, words: int) -> None:
        super().__init__()
        self.unet = UNet(config)
        self.text = KeywordEncoder(config, words)
        self.decoder = Decoder(config)
        self.vocoder = Vocoder()

    @classmethod
    def outline(cls, config: Config, words: int) -> Self:
        """The network with no memory behind its parameters: their names and shapes."""
        return cls(config, words).requires_grad_(False)

    @classmethod
    def filled(cls, config: Config, words: int, tensors: Mapping[str, Tensor]) -> Self:
        """The network on `tensors` themselves, which are not copied."""
        network = cls.outline(config, words)
        network.load_state_dict(dict(tensors), assign=True)
        return network
