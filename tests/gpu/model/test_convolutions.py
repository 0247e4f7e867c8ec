"""However a convolution is laid out, it computes what PyTorch's own does."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from gpu.model.convolutions import Conv, Convolution, Stretch

LAYOUTS: dict[str, Callable[[Conv | Stretch], None]] = {
    "as it is": lambda layer: None,
    "channels last": Convolution.channels_last,
    "packed": lambda layer: layer.pack(),
}


@pytest.fixture(params=LAYOUTS)
def laid_out(request: pytest.FixtureRequest) -> Callable[[Conv | Stretch], None]:
    """Fills a layer with random weights and lays it out."""

    def lay_out(layer: Conv | Stretch) -> None:
        random = torch.Generator().manual_seed(1)
        for name in ("weight", "bias"):
            values = torch.randn(getattr(layer, name).shape, generator=random)
            setattr(layer, name, torch.nn.Parameter(values, requires_grad=False))
        LAYOUTS[request.param](layer)

    return lay_out


def image(channels: int, height: int, width: int) -> Tensor:
    values = torch.randn(2, channels, height, width, generator=torch.Generator().manual_seed(2))
    return values.contiguous(memory_format=torch.channels_last)


@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("kernel", [1, 3])
def test_over_an_image(laid_out: Callable[[Conv], None], kernel: int, stride: int) -> None:
    layer, x = Conv(16, 32, (kernel, kernel), stride=stride), image(16, 8, 11)
    laid_out(layer)
    expected = functional.conv2d(x, layer.weight, layer.bias, stride, padding=kernel // 2)
    torch.testing.assert_close(layer(x), expected, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("dilation", [1, 3, 5])
@pytest.mark.parametrize("kernel", [3, 11])
def test_over_time(laid_out: Callable[[Conv], None], kernel: int, dilation: int) -> None:
    layer, x = Conv(16, 32, (kernel,), dilation=dilation), image(16, 1, 100)
    laid_out(layer)
    expected = functional.conv1d(x[:, :, 0], layer.weight, layer.bias, padding="same", dilation=dilation)
    torch.testing.assert_close(layer(x)[:, :, 0], expected, rtol=1e-4, atol=1e-4)


def test_what_follows(laid_out: Callable[[Conv], None]) -> None:
    layer, x, plus = Conv(16, 16, (3, 3)), image(16, 8, 11), image(16, 8, 12)[..., 1:]
    laid_out(layer)
    alone = functional.conv2d(x, layer.weight, layer.bias, padding=1)
    torch.testing.assert_close(layer(x, plus=plus), alone + plus, rtol=1e-4, atol=1e-4)
    torch.testing.assert_close(layer(x, leaky=True), functional.leaky_relu(alone, 0.1), rtol=1e-4, atol=1e-4)


def test_stretching_an_image(laid_out: Callable[[Stretch], None]) -> None:
    layer, x = Stretch(16, 8, (4, 4), stride=2), image(16, 4, 6)
    laid_out(layer)
    expected = functional.conv_transpose2d(x, layer.weight, layer.bias, stride=2, padding=1)
    assert expected.shape == (2, 8, 8, 12)
    torch.testing.assert_close(layer(x), expected, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(("kernel", "stride"), [(16, 8), (4, 2)])
def test_stretching_time(laid_out: Callable[[Stretch], None], kernel: int, stride: int) -> None:
    layer, x = Stretch(16, 8, (kernel,), stride=stride), image(16, 1, 50)
    laid_out(layer)
    padding = (kernel - stride) // 2
    expected = functional.conv_transpose1d(x[:, :, 0], layer.weight, layer.bias, stride, padding)
    assert expected.shape == (2, 8, 50 * stride)
    torch.testing.assert_close(layer(x)[:, :, 0], expected, rtol=1e-4, atol=1e-4)
