"""Variables that begin as settings do and are none.

One that is all but a setting is a mistake, and may leave a service open that was to be closed. Others are the business
of someone else: Kubernetes sets `SITEWATT_SERVICE_HOST` for a service of this name.
"""

from collections.abc import Mapping
from difflib import get_close_matches

from service.settings import Settings

PREFIX = "SITEWATT_"
LIKENESS = 0.8  # from here on it is a misspelling: one letter of four, or an ending left out
KNOWN = tuple(name.upper() for name in Settings.model_fields)


def misspelt(environment: Mapping[str, str]) -> list[str]:
    """What is meant for each variable that is all but a setting, one a line."""
    return [
        f"{PREFIX}{name}: there is no such setting; is {PREFIX}{near} meant?"
        for name, near in _unknown(environment)
        if near
    ]


def strange(environment: Mapping[str, str]) -> list[str]:
    """Variables that begin as a setting and are like none."""
    return [PREFIX + name for name, near in _unknown(environment) if not near]


def _unknown(environment: Mapping[str, str]) -> list[tuple[str, str]]:
    """The name without the prefix, and the setting that it is like; empty where it is like none."""
    names = sorted(name.upper().removeprefix(PREFIX) for name in environment if name.upper().startswith(PREFIX))
    return [(name, next(iter(get_close_matches(name, KNOWN, 1, LIKENESS)), "")) for name in names if name not in KNOWN]
