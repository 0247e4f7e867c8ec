"""Variables that are no setting of ours but look like a misspelt one."""

from difflib import SequenceMatcher
from pathlib import Path

from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource

from bots import setting_files
from bots.settings import Settings

OURS = "kickbot_"
OTHERS = ("kickbot_worker_", "kickbot_test_", setting_files.NAME.lower())
"""Read by the worker when it is deployed, by the tests, and before any file of settings."""

GROUPS = ("db_", "discord_", "kick_", "slack_", "supabase_")
ALIKE, ALIKE_IN_A_GROUP = 0.85, 0.75
"""Of 1: DISCORD_TOKENN and DB_PASS are, DJANGO_SECRET_KEY, HOSTNAME and SLACK_WEBHOOK_URL are not. What begins with
`MODAL_` is mostly for Modal's own client."""


def found(env_file: Path | None) -> dict[str, str]:
    """Such variables of the environment and of `env_file`, and for each the setting that is meant.

    One that does not begin as only ours do is passed over where the setting itself is set: it may be another program's.
    """
    variables = {
        **DotEnvSettingsSource(Settings, env_file=env_file).env_vars,
        **EnvSettingsSource(Settings).env_vars,
    }
    meant = {name: _nearest(name) for name in sorted(variables) if name not in Settings.model_fields}
    return {
        name.upper(): setting.upper()
        for name, setting in meant.items()
        if setting and (name.startswith(OURS) or setting not in variables)
    }


def _nearest(name: str) -> str | None:
    """The setting that is most alike, by letters, by words and by how it begins; None where none is alike enough."""
    if name.startswith(OTHERS):
        return None
    group = next((group for group in (OURS, *GROUPS) if name.startswith(group)), "")
    wanted = {OURS: 0.0, "": ALIKE}.get(group, ALIKE_IN_A_GROUP)

    def alike(setting: str) -> tuple[float, int, bool]:
        words = set(name.split("_")) & set(setting.split("_"))
        return SequenceMatcher(a=setting, b=name).ratio(), len(words), name.startswith(setting)

    nearest = max((setting for setting in Settings.model_fields if setting.startswith(group)), key=alike)
    return nearest if alike(nearest)[0] >= wanted else None
