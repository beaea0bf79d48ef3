"""The real service with its embedded data, and a real Chromium that reaches no other host; its requests are watched."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright import sync_api as playwright

from tests.browser.chromium import ARGUMENTS, CHROMIUM
from tests.running import running_service


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM is None:  # a program of the system, which `make test` may not install; `.ci/run` does
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="no Chromium here: apt-get install chromium"))


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_service(tmp_path_factory.mktemp("browser")) as where:
        yield where


@pytest.fixture(scope="session")
def chromium() -> Iterator["playwright.Browser"]:
    """One browser; each test has a page of its own."""
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


class Watch:
    """What a page said and asked for. `expected` : statuses that the console may report."""

    def __init__(self, page: "playwright.Page", address: str) -> None:
        self.errors: list[str] = []
        self.elsewhere: list[str] = []
        self.expected: tuple[str, ...] = ()
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._asked(request.url, address))

    def _asked(self, url: str, address: str) -> None:
        if not url.startswith((address, "data:", "blob:")):
            self.elsewhere.append(url)

    def check(self) -> None:
        """No console error but those that a test expects, no request to another host."""
        assert [text for text in self.errors if not any(part in text for part in self.expected)] == []
        assert self.elsewhere == []


@pytest.fixture(params=[(1440, 900)], ids=lambda size: f"{size[0]}px")
def page(request: pytest.FixtureRequest, chromium: "playwright.Browser", address: str) -> Iterator["playwright.Page"]:
    """The map page, ready; at the end nothing may have gone wrong or elsewhere."""
    width, height = request.param
    context = chromium.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    watch = Watch(opened, address)
    opened.watch = watch
    opened.goto(f"{address}/")
    opened.wait_for_selector("#process-fields select")
    yield opened
    watch.check()
    context.close()
