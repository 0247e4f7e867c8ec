"""The layers that the model is built of, besides convolutions.

Their weights always come from a file: until then they have names and shapes but no memory, whatever size is claimed.
"""

from torch import nn

GROUPS = 8
NOWHERE = "meta"


class Blank:
    """Leaves the parameters as they are."""

    def reset_parameters(self) -> None:
        """Nothing to do: a file fills the parameters."""


class Linear(Blank, nn.Linear):
    """`torch.nn.Linear`."""

    def __init__(self, features: int, out_features: int) -> None:
        super().__init__(features, out_features, device=NOWHERE)


class Embedding(Blank, nn.Embedding):
    """`torch.nn.Embedding`."""

    def __init__(self, rows: int, features: int) -> None:
        super().__init__(rows, features, device=NOWHERE)


class GroupNorm(Blank, nn.GroupNorm):
    """`torch.nn.GroupNorm` with the model's number of groups."""

    def __init__(self, channels: int) -> None:
        super().__init__(GROUPS, channels, device=NOWHERE)
