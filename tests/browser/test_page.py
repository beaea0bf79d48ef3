"""The map page as people use it, in real Chromium against the running service."""

import json
from typing import Any

import pytest
from playwright import sync_api as playwright

from tests.browser.places import click_place, until, wait_for_answer

pytestmark = pytest.mark.slow
BODEN = (65.83, 21.69)


def search(page: Any, words: str) -> None:
    page.fill("#search", words)
    page.wait_for_selector("#found li")
    page.press("#search", "Enter")


def test_a_click_on_boden_shows_the_cost_of_green_steel(page: Any) -> None:
    assert page.input_value("#process-fields select") == "steel-h2-dri-eaf"
    click_place(page, *BODEN)
    cost = wait_for_answer(page)
    assert 20.0 < cost < 300.0
    text = page.inner_text("#results")
    assert "Yes, it can run on clean power" in text
    for part in ("Hydrogen", "CO₂ avoided", "A typical week", "The worst week", "What moves the cost", "Rules", "met"):
        assert part in text
    assert page.locator("#results svg[role=img]").count() >= 6
    assert "SWE" in text


@pytest.mark.parametrize("page", [(390, 844), (360, 740)], indirect=True, ids=["390px", "360px"])
def test_a_phone_shows_it_too_without_sideways_scrolling(page: Any) -> None:
    search(page, "65.83, 21.69")
    wait_for_answer(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_an_area_is_drawn_and_assessed(page: Any) -> None:
    page.click("#draw-area")
    for latitude, longitude in ((48.0, -102.0), (48.0, -98.0), (45.0, -98.0), (45.0, -102.0)):
        click_place(page, latitude, longitude)
    page.click("#area-done")
    wait_for_answer(page)
    text = page.inner_text("#results .answer-head")
    assert "Area at" in text
    assert "km²" in text


def test_an_area_is_drawn_with_the_keyboard_alone(page: Any) -> None:
    page.focus("#draw-area")
    page.keyboard.press("Enter")
    for _ in range(8):
        page.keyboard.press("+")
    for moves in (["ArrowUp"] * 2, ["ArrowRight"] * 2, ["ArrowDown"] * 2):
        for key in moves:
            page.keyboard.press(key)
        page.keyboard.press("Enter")
    page.focus("#area-done")
    page.keyboard.press("Enter")
    wait_for_answer(page)
    assert "Area at" in page.inner_text("#results .answer-head")


def test_three_sites_stand_side_by_side(page: Any) -> None:
    search(page, "65.83, 21.69")
    wait_for_answer(page)
    for place in ("-20.4, 118.6", "51.5, 6.7"):
        page.click("#add-site")
        search(page, place)
        wait_for_answer(page)
    page.wait_for_selector("#comparison")
    heads = page.locator("#comparison thead th").all_inner_texts()
    assert len(heads) == 4
    row = page.locator("#comparison tbody tr").first.locator("td").all_inner_texts()
    assert len(row) == 3
    assert all(float(value.split()[0]) > 0 for value in row)
    assert page.locator("#comparison .best").count() >= 3


def test_a_shared_link_asks_the_same_question(page: Any) -> None:
    page.select_option("#process-fields select", "ammonia")
    search(page, "-20.4, 118.6")
    cost = wait_for_answer(page)
    until(page, "location.hash.startsWith('#q=')")
    shared = page.url
    other = page.context.browser.new_context().new_page()
    other.goto(shared)
    other.wait_for_selector("#results[aria-busy='false'] .headline .main dd", timeout=60_000)
    assert wait_for_answer(other) == cost
    assert other.input_value("#process-fields select") == "ammonia"
    other.context.close()


def test_what_cannot_be_is_said_in_words(page: Any) -> None:
    page.watch.expected = ("status of 422",)
    page.locator("summary", has_text="Storage, firm supply, land").click()
    page.get_by_label("Land for generators").fill("0")
    search(page, "51.5, 6.7")
    problem = page.wait_for_selector("#problem .problem").inner_text()
    assert "No system within the stated limits" in problem
    assert "Allow more technologies, limits, land or a lower clean share" in problem
    page.get_by_label("Land for generators").fill("")
    page.get_by_label("Size", exact=True).fill("-5")
    page.get_by_label("Use over the year").fill("140")
    page.click("#assess")
    page.wait_for_selector("#problem li")
    told = page.locator("#problem li").all_inner_texts()
    assert [line.split(":")[0] for line in told] == ["Size", "Use over the year"]
    assert "100" in told[1]
    page.get_by_label("Size", exact=True).fill("1e300")
    page.get_by_label("Use over the year").fill("90")
    page.click("#assess")
    page.wait_for_selector("#problem li:has-text('Size: should be less than')")
    page.get_by_label("Size", exact=True).fill("2000000")
    page.click("#assess")
    wait_for_answer(page)
    assert page.inner_text("#problem") == ""


def test_a_service_that_is_away_is_said_in_words(page: Any) -> None:
    page.watch.expected = ("ERR_FAILED", "Failed to load")
    page.route("**/v1/assessments", lambda route: route.abort())
    search(page, "51.5, 6.7")
    assert "cannot be reached" in page.wait_for_selector("#problem .problem").inner_text()


def test_answers_are_taken_away(page: Any) -> None:
    search(page, "65.83, 21.69")
    cost = wait_for_answer(page)
    kept = {}
    for name in ("JSON", "CSV", "Hours CSV"):
        with page.expect_download() as found:
            page.get_by_role("button", name=name, exact=True).click()
        kept[name] = found.value.path().read_text("utf-8")
    answer = json.loads(kept["JSON"])
    assert answer["cost"]["levelised_cost_of_clean_power_usd_per_mwh"] == pytest.approx(cost, rel=0.01)
    assert len(kept["Hours CSV"].splitlines()) == 8761
    assert f"cost.low,{answer['cost']['low']}" in kept["CSV"]
    assert all(item["figure"] in kept["CSV"] for item in answer["provenance"])


def test_the_report_holds_every_assumption(page: Any) -> None:
    search(page, "65.83, 21.69")
    wait_for_answer(page)
    page.evaluate(
        "window.print = () => { window.printed = document.querySelectorAll('#results details[open]').length }"
    )
    page.get_by_role("button", name="Report").click()
    assert page.evaluate("window.printed") == page.locator("#results details").count()
    page.emulate_media(media="print")
    assert not page.locator("#form").is_visible()
    assert page.locator("#results").is_visible()


def test_processes_options_and_themes(page: Any) -> None:
    page.get_by_label("Connected to the grid").check()
    page.get_by_label("Clean share", exact=True).fill("80")
    page.select_option("#process-fields select", "data-centre")
    search(page, "51.5, 6.7")
    wait_for_answer(page)
    assert "Grid power" in page.inner_text("#results")
    page.select_option("#process-fields select", "desalination")
    assert page.locator("#changed").is_visible()
    page.click("#assess")
    wait_for_answer(page)
    before = page.evaluate("document.documentElement.dataset.theme")
    page.click("#theme")
    assert page.evaluate("document.documentElement.dataset.theme") != before


def test_nothing_jumps_while_the_page_and_its_answer_come(page: Any) -> None:
    page.add_init_script(
        "window.jumps = []; new PerformanceObserver((list) => list.getEntries().forEach((entry) =>"
        " entry.hadRecentInput || window.jumps.push(entry.value))).observe({ type: 'layout-shift', buffered: true })"
    )
    page.reload()
    page.wait_for_selector("#process-fields select")
    page.wait_for_timeout(500)
    assert page.evaluate("window.jumps.reduce((sum, jump) => sum + jump, 0)") < 0.1  # what web vitals call good
    search(page, "65.83, 21.69")
    wait_for_answer(page)
    page.wait_for_timeout(500)
    assert page.evaluate("window.jumps.reduce((sum, jump) => sum + jump, 0)") < 0.1


def test_every_process_is_drawn(page: Any) -> None:
    search(page, "51.5, 6.7")
    wait_for_answer(page)
    choices = page.locator("#process-fields select").first.locator("option")
    for process in choices.evaluate_all("(options) => options.map((option) => option.value)"):
        page.select_option("#process-fields select >> nth=0", process)
        if process == "custom":
            page.get_by_label("Electric load").fill("50")
        page.click("#assess")
        until(page, "document.getElementById('results').getAttribute('aria-busy') === 'false'")
        assert page.inner_text("#problem") == "", process
        assert wait_for_answer(page) > 0.0, process


def test_the_browser_is_cut_off_from_every_other_host(chromium: Any) -> None:
    opened = chromium.new_page()
    with pytest.raises(playwright.Error, match="ERR_NAME_NOT_RESOLVED"):
        opened.goto("http://elsewhere.example/")
    opened.close()


def test_an_example_answers_the_question_of_an_empty_page(page: Any) -> None:
    page.get_by_role("link", name="Recycled steel on the grid in Duisburg, Germany").click()
    cost = wait_for_answer(page)
    assert page.input_value("#process-fields select") == "steel-scrap-eaf"
    assert page.get_by_label("Connected to the grid").is_checked()
    said = page.inner_text("#results .summary").replace("\u00a0", " ")
    assert said.startswith("Yes, it can run on clean power: with ")
    assert f"{cost:g} USD/MWh" in said
    assert "the grid brings the rest" in said


def test_the_deep_sea_is_refused_in_plain_words(page: Any) -> None:
    page.watch.expected = ("status of 422",)
    search(page, "0, -30")
    problem = page.wait_for_selector("#problem .problem").inner_text()
    assert "there is no land here" in problem
    assert "“What may be built”, such as fixed solar and battery" in problem
    assert "_" not in problem
