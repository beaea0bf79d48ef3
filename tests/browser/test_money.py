"""Money, firm supply, comparisons at one site and the report on the map page; a service that is busy."""

import json
from typing import Any

import pytest

from tests.browser.places import until, wait_for_answer
from tests.browser.test_page import search

pytestmark = pytest.mark.slow
BUSY = {"title": "Too many computations are waiting", "status": 503, "detail": "Come back.", "request_id": "x"}


def test_money_and_firm_supply_reach_the_question_and_its_link(page: Any) -> None:
    asked: list[dict[str, Any]] = []
    page.on("request", lambda sent: asked.append(sent.post_data_json) if sent.url.endswith("/assessments") else None)
    for title in ("Storage, firm supply, land", "Money", "Investment costs of your own"):
        page.locator("summary", has_text=title).first.click()
    page.get_by_label("Cost of capital").fill("6")
    page.get_by_label("Years of operation").fill("20")
    page.get_by_label("Product sells at").fill("1500")
    page.get_by_label("Onshore wind").fill("1200")
    page.get_by_label("Battery, energy").fill("100")
    page.get_by_label("Firm clean power can be bought").check()
    page.get_by_label("Price of firm power").fill("55")
    search(page, "65.83, 21.69")
    wait_for_answer(page)
    assert asked[0]["finance"] == {
        "wacc": 0.06,
        "project_years": 20,
        "product_price_usd_per_unit": 1500,
        "costs": {"wind_onshore": {"capex_usd_per_mw": 1_200_000}, "battery": {"capex_usd_per_mwh": 100_000}},
    }
    assert asked[0]["supply"]["firm"][0]["price_usd_per_mwh"] == 55
    text = page.inner_text("#results")
    assert "What the project earns in 20 years" in text
    assert "1,500 USD/t" in text
    until(page, "location.hash.startsWith('#q=')")
    page.reload()
    wait_for_answer(page)
    assert asked[1] == asked[0]


def test_ways_and_processes_stand_side_by_side(page: Any) -> None:
    search(page, "65.83, 21.69")
    cost = wait_for_answer(page)
    page.click("[data-compare=ways]")
    page.wait_for_selector("#designs tbody tr")
    names = page.locator("#designs tbody th").all_inner_texts()
    assert names[0] == "As asked"
    assert len(names) == 7
    first = page.locator("#designs tbody tr").first.locator("td").first.inner_text()
    assert float(first.split()[0]) == pytest.approx(cost, rel=1e-2)
    assert page.locator("#designs .best").count() >= 4
    page.click("[data-compare=processes]")
    page.wait_for_selector("#designs thead th:has-text('Process')")
    assert "Green steel" in page.locator("#designs tbody th").first.inner_text()


@pytest.mark.parametrize(("status", "words"), [(503, "The service is busy"), (429, "Too many questions at once")])
def test_a_busy_service_says_when_to_come_back(page: Any, status: int, words: str) -> None:
    page.watch.expected = (f"status of {status}",)
    page.route(
        "**/v1/assessments",
        lambda route: route.fulfill(
            status=status,
            body=json.dumps(BUSY | {"status": status}),
            headers={"Retry-After": "7", "Content-Type": "application/problem+json"},
        ),
    )
    search(page, "51.5, 6.7")
    assert f"{words}: try again in 7 s" in page.wait_for_selector("#problem .problem").inner_text()
    page.unroute("**/v1/assessments")
    page.get_by_role("button", name="Try again").click()
    wait_for_answer(page)
    assert page.inner_text("#problem") == ""


@pytest.mark.parametrize("page", [(360, 740)], indirect=True, ids=["360px"])
def test_comparisons_do_not_widen_a_phone(page: Any) -> None:
    search(page, "65.83, 21.69")
    wait_for_answer(page)
    page.click("[data-compare=ways]")
    page.wait_for_selector("#designs tbody tr")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_printed_report_has_every_chart_whole(page: Any) -> None:
    search(page, "65.83, 21.69")
    wait_for_answer(page)
    page.emulate_media(media="print")
    page.wait_for_timeout(300)
    ratios = page.evaluate(
        "[...document.querySelectorAll('#results figure svg')].map((svg) => [svg.viewBox.baseVal.width /"
        " svg.viewBox.baseVal.height, svg.clientWidth / svg.clientHeight])"
    )
    assert len(ratios) >= 8
    assert all(drawn == pytest.approx(made, rel=0.02) for made, drawn in ratios)
    map_colours = page.evaluate(
        "(() => { const map = document.querySelector('#map canvas'); const seen = new Set(map.getContext('2d')"
        ".getImageData(0, 0, map.width, map.height).data); return seen.size })()"
    )
    assert map_colours > 20  # an empty canvas has one
    assert len(page.pdf(format="A4")) > 100_000
