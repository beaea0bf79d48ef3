"""Clicking places on the page's map."""

import math
import time
from typing import Any


def pixels(box: dict[str, float], latitude: float, longitude: float, view: dict[str, float]) -> tuple[float, float]:
    """Where a place is on the screen: Web Mercator, as the page draws it."""
    x = longitude / 360.0 + 0.5
    y = 0.5 - math.log(math.tan(math.pi / 4.0 + math.radians(latitude) / 2.0)) / (2.0 * math.pi)
    across = (x - view["x"]) * view["scale"] + box["width"] / 2.0
    down = (y - view["y"]) * view["scale"] + box["height"] / 2.0
    return box["x"] + across, box["y"] + down


def click_place(page: Any, latitude: float, longitude: float) -> None:
    """Click the map at a place that is in sight."""
    box = page.locator("#map").bounding_box()
    view = page.evaluate("({...document.getElementById('map').dataset})")
    where = pixels(box, latitude, longitude, {name: float(value) for name, value in view.items()})
    page.mouse.click(*where)


def until(page: Any, expression: str, seconds: float = 60.0) -> None:
    """Wait until an expression is true in the page. The driver's own waiting evaluates text within the page, which the
    page's policy on scripts refuses."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(50)


def wait_for_answer(page: Any) -> float:
    """The levelised cost that the page shows, once it shows one."""
    page.wait_for_selector("#results[aria-busy='false'] .headline .main dd")
    return float(page.inner_text("#results .headline .main dd").split()[0].replace(",", ""))
