"""A file of sites on the map page."""

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow


def test_fifty_sites_are_watched_ranked_and_drawn(page: Any, tmp_path: Path) -> None:
    rows = [f"site-{i},{48 + (i % 10) * 0.9:.2f},{2 + (i // 10) * 4.1:.2f}" for i in range(50)]
    file = tmp_path / "sites.csv"
    file.write_text("\n".join(["site_id,latitude,longitude", *rows, "wrong,95,400"]), "utf-8")
    page.select_option("#process-fields select", "steel-scrap-eaf")
    page.set_input_files("#batch-file", file)
    page.wait_for_selector("#batch progress")
    page.wait_for_selector("#batch h2:has-text('done')", timeout=300_000)
    text = page.inner_text("#batch")
    assert "51 of 51 done, 1 without an answer" in text
    assert "Hydrogen" not in text  # no column for what this process does not take
    assert "No answer. " in text
    assert "atitude must lie between -90 and 90" in text
    ranks = page.locator("#batch tbody th").all_inner_texts()
    assert ranks[:50] == [str(rank) for rank in range(1, 51)]
    costs = [float(cell) for cell in page.locator("#batch tbody tr td:nth-child(3)").all_inner_texts()[:50]]
    assert costs == sorted(costs)
    assert "95" in page.locator("#batch").text_content()
    page.locator("#batch tbody button").first.click()
    page.wait_for_selector("#results[aria-busy='false'] .headline .main")


def test_a_batch_is_deleted_by_the_second_press(page: Any, address: str, tmp_path: Path) -> None:
    file = tmp_path / "sites.csv"
    file.write_text("latitude,longitude\n48,2\n49,3\n", "utf-8")
    page.select_option("#process-fields select", "steel-scrap-eaf")
    with page.expect_response(lambda answer: answer.url.endswith("/v1/batches")) as sent:
        page.set_input_files("#batch-file", file)
    batch = f"{address}/v1/batches/{sent.value.json()['batch_id']}"
    page.click("#batch button:has-text('Delete')", timeout=300_000)
    assert page.request.get(batch).status == 200
    with page.expect_response(lambda answer: answer.request.method == "DELETE"):
        page.click("#batch button:has-text('Delete for good?')")
    page.wait_for_selector("#batch", state="hidden")
    assert page.request.get(batch).status == 404


def test_stop_keeps_what_is_done(page: Any, address: str, tmp_path: Path) -> None:
    """Stop says what it means, so that a batch that ended in the meantime keeps its results: 409 is no problem."""
    rows = [f"site-{i},{48 + (i % 100) * 0.09:.2f},{2 + (i // 100) * 0.41:.2f}" for i in range(3000)]
    file = tmp_path / "sites.csv"
    file.write_text("\n".join(["site_id,latitude,longitude", *rows]), "utf-8")
    page.select_option("#process-fields select", "steel-scrap-eaf")
    page.watch.expected = ("status of 409",)
    with page.expect_response(lambda answer: answer.url.endswith("/v1/batches")) as sent:
        page.set_input_files("#batch-file", file)
    batch = f"{address}/v1/batches/{sent.value.json()['batch_id']}"
    page.wait_for_selector("#batch button:has-text('Stop')")
    answers = []
    # the page's own looks are held back: it has not heard that the batch is over when it is stopped again
    page.route("**/v1/batches/*", lambda route: route.continue_() if route.request.method == "DELETE" else None)
    page.on("response", lambda answer: answers.append(answer.status) if answer.request.method == "DELETE" else None)
    for _ in range(2):
        with page.expect_response(lambda answer: answer.request.method == "DELETE"):
            page.click("#batch button:has-text('Stop')")
    assert answers == [200, 409]
    assert page.request.get(batch).json()["status"] == "dismissed"
    assert page.locator("#problem .problem").count() == 0


def test_a_file_that_is_no_table_is_refused_in_words(page: Any, tmp_path: Path) -> None:
    page.watch.expected = ("status of 422", "status of 400")
    file = tmp_path / "sites.csv"
    file.write_text("name,colour\nx,blue\n", "utf-8")
    page.set_input_files("#batch-file", file)
    problem = page.wait_for_selector("#problem .problem").inner_text()
    assert "latitude" in problem
