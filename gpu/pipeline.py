"""The model's public face: `from gpu.pipeline import Pipeline`."""

from gpu.model.kick import Generated, Request, Timings
from gpu.model.pipeline import Pipeline

__all__ = ["Generated", "Pipeline", "Request", "Timings"]
