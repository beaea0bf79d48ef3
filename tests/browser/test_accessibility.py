"""axe-core over the page in its states: no violation that it calls serious or critical."""

from pathlib import Path
from typing import Any

import axe_playwright_python as axe
import pytest

from tests.browser.places import wait_for_answer
from tests.browser.test_page import search

pytestmark = pytest.mark.slow
SCRIPT = Path(axe.__file__).parent / "axe.min.js"


def serious(page: Any) -> list[str]:
    # evaluated by the debugger, so the page's policy on scripts stays as it is
    page.evaluate(SCRIPT.read_text("utf-8"))
    found = page.evaluate("axe.run(document)")["violations"]
    return [
        f"{item['id']}: {node['html'][:160]}"
        for item in found
        if item["impact"] in ("serious", "critical")
        for node in item["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_serious_violation(page: Any, theme: str) -> None:
    page.emulate_media(color_scheme=theme)
    assert serious(page) == []
    page.fill("#search", "swe")
    page.wait_for_selector("#found li")
    assert serious(page) == []
    search(page, "65.83, 21.69")
    wait_for_answer(page)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
    assert serious(page) == []
    page.click("#add-site")
    search(page, "-20.4, 118.6")
    wait_for_answer(page)
    assert serious(page) == []


def test_every_control_is_reached_by_the_keyboard(page: Any) -> None:
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
    assert {"search", "map", "draw-area", "assess", "zoom-in", "theme", "API"} <= reached
