"""JSON merge patch (RFC 7396)."""

from typing import Any


def merged(target: Any, patch: Any) -> Any:
    """The target with a patch applied: null takes a field out, objects are merged, all else replaces.

    >>> merged({"a": {"b": 1, "c": 2}}, {"a": {"b": None, "d": 3}})
    {'a': {'c': 2, 'd': 3}}
    """
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result
