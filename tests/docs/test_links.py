"""Links of the README, which is no page of the site: `make docs` holds those between the pages."""

import re

from tests.docs.blocks import ROOT

_LINK = re.compile(r"\]\((?!https?://)([^)#]+)(?:#([^)]+))?\)")


def _anchors(page: str) -> set[str]:
    """Names of the headings, as GitHub and mkdocs make them of plain words."""
    headings = re.findall(r"^#+ (.+)$", page, re.M)
    return {re.sub(r"[^\w\s-]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def test_readme_links_lead_somewhere() -> None:
    links = _LINK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert links
    for path, anchor in links:
        assert (ROOT / path).exists(), path
        assert not anchor or anchor in _anchors((ROOT / path).read_text(encoding="utf-8")), f"{path}#{anchor}"
