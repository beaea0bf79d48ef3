"""Time the page in real Chromium: `python -m tests.browser.measure [--address http://127.0.0.1:8000]`.

Prints the first view (navigation to the first frame with the countries drawn), the compressed bytes of all scripts, and
click to drawn answer over 20 places. The service must be running; nothing is asserted here.
"""

import argparse
import os
import statistics

from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import ARGUMENTS, CHROMIUM
from tests.browser.places import pixels, until

PLACES = (
    (65.8, 21.7), (-20.4, 118.6), (51.5, 6.7), (32.0, -97.0), (-23.7, -70.4), (24.5, 54.5), (30.5, 1.5), (-26.6, 15.2),
    (47.5, 107.0), (22.3, 70.5), (39.8, 116.8), (35.2, 137.0), (-33.0, 137.5), (56.3, 8.6), (64.1, -20.5), (40.5, -3.7),
    (50.2, -110.7), (-5.0, -40.5), (6.5, 39.5), (60.0, 60.0),
)  # fmt: skip
CLICK = """([x, y]) => new Promise((done) => {
  const map = document.getElementById('map'), results = document.getElementById('results'), begun = performance.now();
  const before = results.querySelector('.headline');
  const look = () => {
    const now = results.querySelector('.headline .main');
    if (now && now.parentElement !== before && results.querySelectorAll('svg path').length > 4) {
      requestAnimationFrame(() => done(performance.now() - begun));
    } else requestAnimationFrame(look);
  };
  for (const kind of ['pointerdown', 'pointerup']) {
    map.dispatchEvent(new PointerEvent(kind, { pointerId: 1, clientX: x, clientY: y, bubbles: true }));
  }
  look();
})"""


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--address", default="http://127.0.0.1:8000")
    address = asked.parse_args().address
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        views = [
            _first_view(browser.new_context(viewport={"width": 1440, "height": 900}).new_page(), address)
            for _ in range(5)
        ]
        print(f"first view, median of 5: {statistics.median(view for view, _ in views) / 1000:.2f} s")
        print(f"scripts, compressed: {views[0][1] / 1000:.0f} kB")
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{address}/")
        page.wait_for_selector("#process-fields select")
        page.evaluate("Element.prototype.setPointerCapture = () => {}")  # synthetic pointers cannot be captured
        times = [_click(page, latitude, longitude) for latitude, longitude in PLACES]
        print(
            f"click to drawn answer over {len(times)} places: p50 {statistics.median(times):.2f} s, "
            f"least {min(times):.2f}, most {max(times):.2f}; load average {os.getloadavg()[0]:.1f}"
        )
        browser.close()


def _first_view(page: Page, address: str) -> tuple[float, float]:
    page.goto(f"{address}/")
    until(page, "performance.getEntriesByName('first-view').length > 0")
    view = page.evaluate("performance.getEntriesByName('first-view')[0].startTime")
    scripts = (
        "performance.getEntriesByType('resource').filter((entry) => entry.name.endsWith('.js'))"
        ".reduce((sum, entry) => sum + entry.encodedBodySize, 0)"
    )
    page.wait_for_timeout(500)
    found = float(view), float(page.evaluate(scripts))
    page.context.close()
    return found


def _click(page: Page, latitude: float, longitude: float) -> float:
    """Seconds from the click on a place to its answer on the screen."""
    page.click("#zoom-world")
    page.wait_for_timeout(300)
    box = page.locator("#map").bounding_box()
    assert box is not None
    view = {
        name: float(value) for name, value in page.evaluate("({...document.getElementById('map').dataset})").items()
    }
    taken = page.evaluate(CLICK, list(pixels(dict(box), latitude, longitude, view)))
    return float(taken) / 1000.0


if __name__ == "__main__":
    main()
