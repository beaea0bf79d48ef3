"""axe-core over the page in its states, the widget and the key dialog: no violation it calls serious or critical."""

from pathlib import Path
from typing import Any

import axe_playwright_python as axe
import pytest
from playwright import sync_api as playwright

from tests.browser.conftest import Watch
from tests.browser.places import wait_for_answer
from tests.browser.test_embed import partner_page
from tests.browser.test_page import search
from tests.running import running_service

pytestmark = pytest.mark.slow
SCRIPT = Path(axe.__file__).parent / "axe.min.js"
THEMES = pytest.mark.parametrize("theme", ["light", "dark"])


def serious(frame: Any) -> list[str]:
    """What axe-core calls serious or critical in a page or a frame of it."""
    # evaluated by the debugger, so the page's policy on scripts stays as it is
    frame.evaluate(SCRIPT.read_text("utf-8"))
    found = frame.evaluate("axe.run(document)")["violations"]
    return [
        f"{item['id']}: {node['html'][:160]}"
        for item in found
        if item["impact"] in ("serious", "critical")
        for node in item["nodes"]
    ]


def open_all(frame: Any) -> None:
    frame.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")


@THEMES
def test_no_serious_violation(page: Any, theme: str) -> None:
    page.emulate_media(color_scheme=theme)
    assert serious(page) == []
    page.fill("#search", "swe")
    page.wait_for_selector("#found li")
    assert serious(page) == []
    search(page, "65.83, 21.69")
    wait_for_answer(page)
    open_all(page)
    assert serious(page) == []
    page.click("#add-site")
    search(page, "-20.4, 118.6")
    wait_for_answer(page)
    assert serious(page) == []
    page.click("[data-compare=ways]")
    page.wait_for_selector("#designs tbody tr")
    assert serious(page) == []


@THEMES
def test_no_serious_violation_in_the_table_of_a_batch(page: Any, theme: str, tmp_path: Path) -> None:
    page.emulate_media(color_scheme=theme)
    file = tmp_path / "sites.csv"
    places = ["a,48.0,2.0", "b,51.5,6.7", "c,65.83,21.69", "deep sea,0,-30", "wrong,95,400"]
    file.write_text("\n".join(["site_id,latitude,longitude", *places]), "utf-8")
    page.select_option("#process-fields select", "steel-scrap-eaf")
    page.set_input_files("#batch-file", file)
    page.wait_for_selector("#batch progress")
    assert serious(page) == []  # while it runs
    page.wait_for_selector("#batch h2:has-text('done')", timeout=300_000)
    page.wait_for_selector("#batch td:has-text('There is no land here')")
    open_all(page)
    assert serious(page) == []


@THEMES
def test_no_serious_violation_in_the_widget(page: Any, address: str, theme: str) -> None:
    page.watch.expected = ("status of 422",)
    partner_page(page, address, theme=theme)
    page.frame_locator("iframe").locator("#widget[aria-busy='false'] .headline").wait_for()
    widget = page.frames[1]
    open_all(widget)
    assert serious(widget) == []
    assert serious(page) == []  # the frame has a name
    page.goto(f"{address}/embed?latitude=95&longitude=21&theme={theme}")
    page.wait_for_selector("#problem .problem")
    assert serious(page) == []


@THEMES
def test_no_serious_violation_where_a_key_is_asked_for(
    chromium: "playwright.Browser", tmp_path: Path, theme: str
) -> None:
    with running_service(tmp_path, access="closed") as address:
        opened = chromium.new_page(viewport={"width": 1440, "height": 900}, color_scheme=theme)
        opened.set_default_timeout(60_000)
        watch = Watch(opened, address)
        watch.expected = ("401",)
        opened.goto(f"{address}/")
        dialog = opened.get_by_role("dialog", name="This service asks for a key")
        dialog.wait_for()
        assert serious(opened) == []
        dialog.get_by_label("Key").fill("sw_wrong_wrong")
        dialog.get_by_role("button", name="Go on").click()
        dialog.get_by_text("The key is not known here, or has ended.").wait_for()
        assert serious(opened) == []
        dialog.get_by_role("button", name="Cancel").click()
        opened.wait_for_selector("#problem .problem")
        assert serious(opened) == []
        watch.check()
        opened.close()


def test_every_control_is_reached_by_the_keyboard(page: Any) -> None:
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
    assert {"search", "map", "draw-area", "assess", "zoom-in", "theme", "API"} <= reached
