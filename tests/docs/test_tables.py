"""Tables of the documentation say what the code does."""

import re

from service.app import create_app
from service.settings import Settings
from tests.docs.blocks import ROOT
from tests.docs.tables import BEGIN, END, SETTINGS_PAGE, settings_table, warnings_emitted, warnings_listed


def test_settings_are_those_of_the_service() -> None:
    written = SETTINGS_PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    assert written == settings_table(), "run python -m tests.docs.tables"


def test_every_warning_is_listed_and_no_other() -> None:
    listed = warnings_listed()
    assert len(listed) == len(set(listed))
    assert set(listed) == warnings_emitted()


def test_reference_names_every_route_and_no_other() -> None:
    """By the beginning of its path: `/v1/batches` stands for all that is under it."""
    table = (ROOT / "docs/reference/api.md").read_text(encoding="utf-8").partition("## Conventions")[0]
    named = set(re.findall(r"/(?:v1|healthz)/[a-z/]+", table))
    routes = set(create_app(Settings()).openapi()["paths"])
    assert not {path for path in named if not any(f"{route}/".startswith(f"{path}/") for route in routes)}
    assert not {route for route in routes if not any(f"{route}/".startswith(f"{path}/") for path in named)}
