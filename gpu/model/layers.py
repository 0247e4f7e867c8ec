"""The layers that the model is built of.

Their weights always come from a file, so making one initialises nothing. How convolutions are laid out in memory
decides how fast they are. oneDNN computes with weights in blocks; unless they are packed beforehand it does that again
on every call, which at these sizes takes as long as the convolution. The operators used for it are those that
`torch.compile` emits when it freezes a module; called directly they save the compiling.
"""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

GROUPS = 8
PLAIN: tuple[str, list[Any], str] = ("none", [], "")


class Blank:
    """Leaves the parameters as they are."""

    def reset_parameters(self) -> None:
        """Nothing to do: a file fills the parameters."""


class Linear(Blank, nn.Linear):
    """`torch.nn.Linear`."""


class Embedding(Blank, nn.Embedding):
    """`torch.nn.Embedding`."""


class GroupNorm(Blank, nn.GroupNorm):
    """`torch.nn.GroupNorm` with the model's number of groups."""

    def __init__(self, channels: int) -> None:
        super().__init__(GROUPS, channels)


class Conv2d(Blank, nn.Conv2d):
    """A convolution of odd kernel that keeps the size, or halves it with stride 2."""

    def __init__(self, channels: int, out_channels: int, kernel: int, stride: int = 1) -> None:
        super().__init__(channels, out_channels, kernel, stride=stride, padding=kernel // 2)
        self.packed: Tensor | None = None

    def pack(self) -> None:
        """Lay the weights out for oneDNN."""
        shape = (self.padding, self.stride, self.dilation, self.groups)
        self.packed = torch.ops.mkldnn._reorder_convolution_weight(self.weight, *shape)

    def forward(self, x: Tensor) -> Tensor:
        """`(batch, channels, height, width)`."""
        if self.packed is None:
            return super().forward(x)
        shape = (self.padding, self.stride, self.dilation, self.groups)
        out: Tensor = torch.ops.mkldnn._convolution_pointwise(x, self.packed, self.bias, *shape, *PLAIN)
        return out


class Double2d(Blank, nn.ConvTranspose2d):
    """A transposed convolution that doubles height and width."""

    def __init__(self, channels: int, out_channels: int) -> None:
        super().__init__(channels, out_channels, 4, stride=2, padding=1)
        self.packed: Tensor | None = None

    def pack(self) -> None:
        """Lay the weights out for oneDNN."""
        shape = (self.padding, self.output_padding, self.stride, self.dilation, self.groups)
        self.packed = torch.ops.mkldnn._reorder_convolution_transpose_weight(self.weight, *shape)

    def forward(self, x: Tensor, output_size: list[int] | None = None) -> Tensor:
        """`(batch, channels, height, width)` to `(batch, out_channels, 2 * height, 2 * width)`."""
        if self.packed is None:
            return super().forward(x, output_size)
        shape = (self.padding, self.output_padding, self.stride, self.dilation, self.groups)
        out: Tensor = torch.ops.mkldnn._convolution_transpose_pointwise(x, self.packed, self.bias, *shape, *PLAIN)
        return out


def reach(kernel: int, dilation: int = 1) -> int:
    """How far to each side a convolution of odd kernel looks, which is also the padding that keeps the length."""
    return dilation * (kernel - 1) // 2


class Conv1d(Blank, nn.Conv1d):
    """A convolution over time that keeps the length of `(batch, channels, 1, time)`.

    Computed as a two-dimensional one of height 1: only for those has oneDNN kernels that take the channels last, and
    they need a third of the time.
    """

    def __init__(self, channels: int, out_channels: int, kernel: int, dilation: int = 1) -> None:
        super().__init__(channels, out_channels, kernel, dilation=dilation)
        self.pad = reach(kernel, dilation)

    def forward(self, x: Tensor) -> Tensor:
        """`(batch, channels, 1, time)`."""
        dilation = (1, *self.dilation)
        return functional.conv2d(x, self.weight.unsqueeze(2), self.bias, padding=(0, self.pad), dilation=dilation)


class Stretch1d(Blank, nn.ConvTranspose1d):
    """A transposed convolution that makes `(batch, channels, 1, time)` exactly `stride` times as long."""

    def __init__(self, channels: int, out_channels: int, kernel: int, stride: int) -> None:
        super().__init__(channels, out_channels, kernel, stride=stride)
        self.trim = (kernel - stride) // 2

    def forward(self, x: Tensor, output_size: list[int] | None = None) -> Tensor:
        """`(batch, channels, 1, time)` to `(batch, out_channels, 1, stride * time)`."""
        stride = (1, *self.stride)
        return functional.conv_transpose2d(x, self.weight.unsqueeze(2), self.bias, stride, padding=(0, self.trim))


def lay_out(module: nn.Module, device: torch.device) -> None:
    """Move `module` to `device` and bring its weights into the order in which convolutions read them fastest there."""
    module.to(device)
    packing = device.type == "cpu" and hasattr(torch.ops.mkldnn, "_convolution_pointwise")
    for layer in module.modules():
        if isinstance(layer, Conv1d | Stretch1d):
            layer.weight.data = layer.weight.unsqueeze(2).contiguous(memory_format=torch.channels_last).squeeze(2)
        elif packing and isinstance(layer, Conv2d | Double2d):
            layer.pack()
        elif isinstance(layer, Conv2d | Double2d):
            layer.weight.data = layer.weight.contiguous(memory_format=torch.channels_last)
