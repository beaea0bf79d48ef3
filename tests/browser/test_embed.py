"""The widget in a partner's page, from the one line of script."""

from typing import Any

import pytest

from tests.browser.places import until

pytestmark = pytest.mark.slow


def partner_page(page: Any, address: str, theme: str = "dark") -> None:
    """A partner's page with the widget, from the one line."""
    partner = f"""<!doctype html><html lang="en"><title>Partner</title><body><main><h1>Partner</h1>
      <script src="{address}/embed.js" data-latitude="65.83" data-longitude="21.69" data-name="Boden"
        data-process="steel-scrap-eaf" data-capacity="500000" data-theme="{theme}"
        data-accent="aa5500"></script></main></body>"""
    page.route(f"{address}/partner", lambda route: route.fulfill(body=partner, content_type="text/html"))
    page.goto(f"{address}/partner")


def test_one_line_shows_the_widget_and_its_messages(page: Any, address: str) -> None:
    partner_page(page, address)
    page.evaluate("window.told = []; addEventListener('sitewatt', (event) => window.told.push(event.detail), true)")
    frame = page.frame_locator("iframe")
    frame.locator("#widget[aria-busy='false'] .headline .main dd").first.wait_for()
    assert "Boden" in frame.locator("h2").inner_text()
    assert "USD/MWh" in frame.locator(".summary").inner_text()
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


def test_a_partners_colour_is_changed_only_where_it_cannot_be_read(page: Any, address: str) -> None:
    page.watch.expected = ("status of 422",)
    drawn = {}
    for theme, accent in (("light", "aa5500"), ("dark", "aa5500"), ("dark", "ffcc66"), ("light", "ffffff")):
        page.goto(f"{address}/embed?latitude=95&longitude=21&theme={theme}&accent={accent}")
        page.wait_for_selector("#problem .problem")
        drawn[theme, accent] = page.evaluate("document.documentElement.style.getPropertyValue('--accent')")
    assert drawn["light", "aa5500"] == "#aa5500"
    assert drawn["dark", "ffcc66"] == "#ffcc66"
    assert drawn["dark", "aa5500"] > "#aa5500"
    assert drawn["light", "ffffff"] < "#777777"
