"""Variables that are no setting of ours but look like a misspelt one."""

from difflib import get_close_matches
from pathlib import Path

from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource

from bots.settings import Settings

OURS = "kickbot_"
OTHERS = ("kickbot_worker_", "kickbot_test_")
"""Read by the worker when it is deployed, and by the tests."""

ALIKE = 0.85
"""Of 1: DISCORD_TOKENN is, DJANGO_SECRET_KEY and HOSTNAME are not."""


def found(env_file: Path | None) -> dict[str, str]:
    """Such variables of the environment and of `env_file`, and for each the setting that is meant."""
    known = list(Settings.model_fields)
    names = {*EnvSettingsSource(Settings).env_vars, *DotEnvSettingsSource(Settings, env_file=env_file).env_vars}
    meant = {name.upper(): _nearest(name.lower(), known) for name in sorted(names) if name.lower() not in known}
    return {name: setting for name, setting in meant.items() if setting}


def _nearest(name: str, known: list[str]) -> str | None:
    if name.startswith(OTHERS):
        return None
    nearest = get_close_matches(name, known, n=1, cutoff=0.0 if name.startswith(OURS) else ALIKE)
    return nearest[0].upper() if nearest else None
