"""Convolutions over one axis and over two, and how they are laid out in memory, which decides how fast they are.

Those over time alone are computed as two-dimensional ones of height 1: only for two dimensions are there kernels that
take the channels last. On a CPU the weights are packed into the blocks that oneDNN computes with, which it would
otherwise do on every call, and at these sizes that takes as long as the convolution; packed ones also add or activate
in passing. The operators are those that `torch.compile` emits when it freezes a module. Called directly they save the
compiling.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from gpu.model import layers

SLOPE = 0.1


def reach(kernel: int, dilation: int = 1) -> int:
    """How far to each side a convolution of odd kernel looks, which is also the padding that keeps the length."""
    return dilation * (kernel - 1) // 2


class Convolution(nn.Module):
    """The parameters, which a file fills, and the way over `(height, width)`.

    A `weight` of three dimensions is one over time; `(batch, channels, 1, time)` is what it then takes.
    """

    def __init__(self, weight: Sequence[int], bias: int, *, padding: int, stride: int, dilation: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(*weight, device=layers.NOWHERE))
        self.bias = nn.Parameter(torch.empty(bias, device=layers.NOWHERE))
        self.packed: Tensor | None = None
        flat = len(weight) == 3
        self.padding = (0, padding) if flat else (padding, padding)
        self.stride = (1, stride) if flat else (stride, stride)
        self.dilation = (1, dilation) if flat else (dilation, dilation)

    @property
    def kernel(self) -> Tensor:
        """The weight in four dimensions."""
        return self.weight if self.weight.dim() == 4 else self.weight.unsqueeze(2)

    def channels_last(self) -> None:
        """Order the weight as kernels read it that take the channels last."""
        last = self.kernel.contiguous(memory_format=torch.channels_last)
        self.weight.data = last if self.weight.dim() == 4 else last.squeeze(2)


class Conv(Convolution):
    """A convolution of odd kernel, `(k,)` over time or `(k, k)`, that keeps the size or, with stride 2, halves it."""

    def __init__(
        self, channels: int, out_channels: int, kernel: Sequence[int], *, stride: int = 1, dilation: int = 1
    ) -> None:
        weight = (out_channels, channels, *kernel)
        super().__init__(weight, out_channels, padding=reach(kernel[0], dilation), stride=stride, dilation=dilation)

    def pack(self) -> None:
        """Keep a copy of the weight for oneDNN."""
        way = (self.padding, self.stride, self.dilation, 1)
        self.packed = torch.ops.mkldnn._reorder_convolution_weight(self.kernel, *way)

    def forward(self, x: Tensor, plus: Tensor | None = None, *, leaky: bool = False) -> Tensor:
        """`(batch, channels, height, width)`; then `plus` is added or, where `leaky`, a leaky ReLU applied."""
        if self.packed is not None:
            return self._forward_packed(x, self.packed, plus, leaky=leaky)
        out = functional.conv2d(x, self.kernel, self.bias, self.stride, self.padding, self.dilation)
        if plus is not None:
            out = out + plus
        return functional.leaky_relu(out, SLOPE) if leaky else out

    def _forward_packed(self, x: Tensor, packed: Tensor, plus: Tensor | None, *, leaky: bool) -> Tensor:
        way = (self.padding, self.stride, self.dilation, 1)
        convolve = torch.ops.mkldnn._convolution_pointwise
        out: Tensor
        if plus is not None:
            out = convolve.binary(x, plus, packed, self.bias, *way, "add", None, None, [], None)
        elif leaky:
            out = convolve.default(x, packed, self.bias, *way, "leaky_relu", [SLOPE], "")
        else:
            out = convolve.default(x, packed, self.bias, *way, "none", [], "")
        return out


class Stretch(Convolution):
    """A transposed convolution, `(k,)` over time or `(k, k)`, that makes the size exactly `stride` times as large."""

    def __init__(self, channels: int, out_channels: int, kernel: Sequence[int], *, stride: int) -> None:
        weight = (channels, out_channels, *kernel)
        super().__init__(weight, out_channels, padding=(kernel[0] - stride) // 2, stride=stride, dilation=1)

    def pack(self) -> None:
        """Keep a copy of the weight for oneDNN."""
        way = (self.padding, (0, 0), self.stride, self.dilation, 1)
        self.packed = torch.ops.mkldnn._reorder_convolution_transpose_weight(self.kernel, *way)

    def forward(self, x: Tensor) -> Tensor:
        """`(batch, channels, height, width)` to `(batch, out_channels, ...)`."""
        if self.packed is None:
            return functional.conv_transpose2d(x, self.kernel, self.bias, self.stride, self.padding)
        way = (self.padding, (0, 0), self.stride, self.dilation, 1)
        stretch = torch.ops.mkldnn._convolution_transpose_pointwise.default
        out: Tensor = stretch(x, self.packed, self.bias, *way, "none", [], "")
        return out


def lay_out(module: nn.Module, device: torch.device) -> None:
    """Move `module` to `device` and have its convolutions laid out as they are fastest there."""
    module.to(device)
    packing = device.type == "cpu" and hasattr(torch.ops.mkldnn, "_convolution_pointwise")
    for layer in module.modules():
        if isinstance(layer, Conv | Stretch):
            if packing:
                layer.pack()
            else:
                layer.channels_last()
