# Django has no types, and its models can be imported only after the set-up.
# mypy: disable-error-code="import-untyped, misc"
# ruff: noqa: PLC0415
"""The web app, as far as the shared tables know it: Django's ORM, in a process of its own.

Run as `python -m tests.db.django_app HOST PORT NAME USER COMMAND`; what it has to tell is one line of JSON.
"""

import json
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

from tests.db import django_tables


def main(host: str, port: str, name: str, user: str, command: str) -> None:
    django_tables.set_up(host, port, name, user)
    from tests.web_app.kickgen.models import GeneratedKick
    from tests.web_app.presets.models import Preset

    commands: dict[str, Callable[[Any, Any], object]] = {"fill": fill, "read": read, "change": change, "leave": leave}
    print(json.dumps(commands[command](Preset, GeneratedKick), default=str))


def fill(preset: Any, kick: Any) -> object:
    """A user with a kick and presets, and an operator with presets that everybody sees."""
    from django.contrib.auth.models import User

    web = User.objects.create_user("webber", "webber@x.example", "a password")
    operator = User.objects.create_user("operator", "", "another")
    kick.objects.create(
        name="AI: Burkhard",
        audio_url="https://x.example/1/11111111-1111-1111-1111-111111111111.wav",
        storage_path=f"{web.id}/11111111-1111-1111-1111-111111111111.wav",
        created_at=date(2026, 1, 2),
        user=web,
    )
    amounts = {"bpm": 174, "kick_len": 0.7, "noise_sample": "UFO", "reverb_volume": -12.5}
    preset.objects.create(preset_name="by hand", kick_sample="AI: Burkhard", user=web, **(STARTING | amounts))
    preset.objects.create(preset_name="stock", kick_sample="Günther", user=web, **STARTING)
    preset.objects.create(preset_name="for all", kick_sample="Karl", user=operator, is_shared=True, **STARTING)
    return {"web": web.id, "operator": operator.id}


def read(preset: Any, kick: Any) -> object:
    """Everything there is, once Django's own checks have passed on it."""
    from django.contrib.auth.models import User

    for row in [*preset.objects.all(), *kick.objects.all()]:
        row.full_clean(exclude=["audio_url"])  # a place in memory is no link
    return {
        "presets": list(preset.objects.order_by("id").values()),
        "kicks": list(kick.objects.order_by("id").values()),
        "users": [
            {"id": user.id, "username": user.username, "password": user.has_usable_password()}
            for user in User.objects.order_by("id")
        ],
    }


def change(preset: Any, kick: Any) -> object:
    """The user renames a preset and deletes a kick, as the web app lets them; the operator shows one more."""
    one = preset.objects.get(preset_name="by hand", user__username="webber")
    one.preset_name = "renamed there"
    one.save()
    preset.objects.filter(preset_name="stock").update(is_shared=True)
    return kick.objects.exclude(user__username="webber").first().delete()[0]


def leave(preset: Any, kick: Any) -> object:
    """The user deletes their account. Django deletes what belongs to a user itself, of the apps that it knows."""
    from django.contrib.auth.models import User
    from django.db import transaction

    with transaction.atomic():
        owned = [model.objects.filter(user__username="webber").delete()[0] for model in (preset, kick)]
        return [*owned, User.objects.get(username="webber").delete()[0]]


STARTING = {
    "bpm": 140,
    "kick_len": 1,
    "kick_dist_amt": 0,
    "kick_ott_amt": 0,
    "noise_sample": "Black",
    "noise_low_pass_freq": 7000,
    "noise_high_pass_freq": 30,
    "noise_volume": -70,
    "reverb_sample": "dark",
    "reverb_low_pass_freq": 7000,
    "reverb_high_pass_freq": 30,
    "reverb_volume": -6,
    "master_ott_amt": 0,
    "master_dist_amt": 0,
    "master_limiter_amt": 1.5,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
