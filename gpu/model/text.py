"""The keyword encoder: a prompt's known words as one vector."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from gpu.model import layers
from gpu.model.config import Config


class KeywordEncoder(nn.Module):
    """The mean of the words' embeddings, projected; a learnt vector of its own where there is no word."""

    def __init__(self, config: Config, words: int) -> None:
        super().__init__()
        self.embedding = layers.Embedding(words, config.text_embed_dim)
        self.proj = layers.Linear(config.text_embed_dim, config.cond_dim)
        self.null_embedding = nn.Parameter(torch.empty(config.cond_dim, device=layers.NOWHERE))

    def forward(self, prompts: Sequence[Sequence[int]]) -> Tensor:
        """The conditioning `(len(prompts), cond_dim)` of prompts given as indices into the vocabulary."""
        return torch.stack([self._encode(prompt) for prompt in prompts])

    def _encode(self, prompt: Sequence[int]) -> Tensor:
        if not prompt:
            return self.null_embedding
        indices = torch.tensor(prompt, device=self.null_embedding.device)
        projected: Tensor = self.proj(self.embedding(indices).mean(dim=0))
        return projected
