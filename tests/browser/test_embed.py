"""The widget in a partner's page, from the one line of script."""

from typing import Any

import pytest

from tests.browser.places import until

pytestmark = pytest.mark.slow


def test_one_line_shows_the_widget_and_its_messages(page: Any, address: str) -> None:
    partner = f"""<!doctype html><html lang="en"><title>Partner</title><body><h1>Partner</h1>
      <script src="{address}/embed.js" data-latitude="65.83" data-longitude="21.69" data-name="Boden"
        data-process="steel-scrap-eaf" data-capacity="500000" data-theme="dark" data-accent="aa5500"></script></body>"""
    page.route(f"{address}/partner", lambda route: route.fulfill(body=partner, content_type="text/html"))
    page.goto(f"{address}/partner")
    page.evaluate("window.told = []; addEventListener('sitewatt', (event) => window.told.push(event.detail), true)")
    frame = page.frame_locator("iframe")
    frame.locator("#widget[aria-busy='false'] .headline .main dd").first.wait_for()
    assert "Boden" in frame.locator("h2").inner_text()
    until(page, "window.told.some((detail) => detail.event === 'result')")
    told = page.evaluate("window.told.find((detail) => detail.event === 'result')")
    assert told["cost"]["levelised_cost_of_clean_power_usd_per_mwh"] > 0
    height = page.locator("iframe").bounding_box()["height"]
    assert height != 420
    assert frame.locator("html").get_attribute("data-theme") == "dark"
    whole = frame.locator("a", has_text="The whole answer").get_attribute("href")
    assert whole.startswith(f"{address}/#q=")


def test_a_wrong_place_is_said_in_the_widget(page: Any, address: str) -> None:
    page.watch.expected = ("status of 422",)
    page.goto(f"{address}/embed?latitude=95&longitude=21")
    page.wait_for_selector("#problem .problem")
    assert "latitude must lie between -90 and 90" in page.inner_text("#problem")
