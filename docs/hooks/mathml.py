"""Fenced blocks of `math` (LaTeX, as GitHub sets it) become MathML when the site is built: no script, no font."""

from typing import Any

from latex2mathml.converter import convert


def math_block(source: str, *_: Any, **__: Any) -> str:
    """One equation."""
    return f'<p class="math">{convert(source, display="block")}</p>'


def on_config(config: Any) -> Any:
    """Called by mkdocs: the fence `math` beside those of the theme."""
    fences = config.mdx_configs.setdefault("pymdownx.superfences", {}).setdefault("custom_fences", [])
    fences.append({"name": "math", "class": "math", "format": math_block})
    return config
