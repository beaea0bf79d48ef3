"""Map layers as compact binary: one JSON header, then typed arrays, as `static/js/map/unpack.js` reads them."""

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

DEGREE = 180.0  # steps a degree: the whole globe fits 16 bits, a step is 0.6 km
ALIGNED = 4  # bytes; typed arrays begin on multiples of their size


@dataclass(frozen=True, slots=True)
class Packed:
    """One file: as it is, gzipped, and its strong tag."""

    plain: bytes
    zipped: bytes
    tag: str


def steps(places: np.ndarray) -> dict[str, np.ndarray]:
    """`x` and `y` of (n, 2) longitudes and latitudes, 16-bit, each the difference to the one before: they zip well."""
    whole = np.round(places * DEGREE).astype(np.int64)
    difference = np.diff(whole, axis=0, prepend=np.zeros((1, 2), np.int64))
    return {"x": difference[:, 0].astype(np.int16), "y": difference[:, 1].astype(np.int16)}  # wraps, and wraps back


def pack(arrays: Mapping[str, np.ndarray], extra: Mapping[str, Any]) -> Packed:
    """A header of `extra` and the arrays' names, types and lengths, padded to 4 bytes; then the arrays, padded too."""
    listed = [[name, array.dtype.name, len(array)] for name, array in arrays.items()]
    header = json.dumps({**extra, "arrays": listed}, ensure_ascii=False, separators=(",", ":")).encode()
    header += b" " * (-len(header) % ALIGNED)
    body = [np.uint32(len(header)).tobytes(), header]
    for array in arrays.values():
        data = array.astype(array.dtype.newbyteorder("<")).tobytes()
        body.append(data + b"\0" * (-len(data) % ALIGNED))
    plain = b"".join(body)
    return Packed(plain, gzip.compress(plain, 9, mtime=0), hashlib.sha256(plain).hexdigest()[:20])
