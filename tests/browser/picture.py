"""Draw docs/images/page.png, the picture of the README: `python -m tests.browser.picture [--address ..]`."""

import argparse
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import ARGUMENTS, CHROMIUM

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "page.png"


def main() -> None:
    """Ask the running service for Boden, and keep what the page shows."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--address", default="http://127.0.0.1:8000")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 1500})
        page.goto(f"{asked.parse_args().address}/")
        page.wait_for_selector("#process-fields select")
        page.fill("#search", "Boden")
        page.wait_for_selector("#found li")
        page.press("#search", "Enter")
        page.wait_for_selector("#results[aria-busy='false'] .headline .main")
        page.click("#zoom-out")
        page.wait_for_timeout(500)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
