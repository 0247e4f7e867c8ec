"""How the diffusion model is run for a kick."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sampling:
    """Steps of the sampler named `sampler`, and the classifier-free guidance; these defaults are production's."""

    steps: int = 50
    guidance: float = 3.0
    sampler: str = "ddim"
