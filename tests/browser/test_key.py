"""A closed service: the page asks for a key, says when it is wrong, and goes on with it."""

import os
import subprocess
import sys
from pathlib import Path

from playwright import sync_api as playwright

from tests.browser.conftest import Watch
from tests.running import running_service


def made_key(folder: Path) -> str:
    """A key of a page, by the operator's command."""
    command = [str(Path(sys.executable).parent / "sitewatt"), "keys", "create", "--tenant", "acme"]
    environment = os.environ | {"SITEWATT_DATA_FOLDER": str(folder), "SITEWATT_DATA_DIR": str(folder / "own")}
    asked = [*command, "--scope", "read", "--scope", "assess"]
    said = subprocess.run(asked, env=environment, check=True, capture_output=True, text=True).stdout
    return next(word for word in said.split() if word.startswith("sw_"))


def test_the_page_asks_for_a_key_and_goes_on(chromium: "playwright.Browser", tmp_path: Path) -> None:
    with running_service(tmp_path, access="closed") as address:
        key = made_key(tmp_path)
        opened = chromium.new_page(viewport={"width": 1440, "height": 900})
        opened.set_default_timeout(60_000)
        watch = Watch(opened, address)
        watch.expected = ("401",)
        opened.goto(f"{address}/")
        dialog = opened.get_by_role("dialog", name="This service asks for a key")
        dialog.get_by_label("Key").fill("sw_wrong_wrong")
        dialog.get_by_role("button", name="Go on").click()
        dialog.get_by_text("The key is not known here, or has ended.").wait_for()
        dialog.get_by_label("Key").fill(key)
        dialog.get_by_role("button", name="Go on").click()
        opened.wait_for_selector("#process-fields select")
        opened.reload()
        opened.wait_for_selector("#process-fields select")  # the tab remembers it
        assert dialog.count() == 0
        watch.check()
        opened.close()
