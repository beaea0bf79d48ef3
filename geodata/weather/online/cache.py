"""Responses kept on disk: bounded, checked by their hash, the least used thrown away first."""

import contextlib
import hashlib
import os
import threading
import uuid
from pathlib import Path

DIGEST_BYTES = 32


class DiskCache:
    """A folder of responses by key; `max_bytes` in all. A folder that cannot be written is no cache, not an error."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._folder, self._max_bytes = folder, max_bytes
        self._lock = threading.Lock()

    def get(self, key: str) -> bytes | None:
        """The content kept under a key; None where there is none, or where it was damaged."""
        path = self._path(key)
        try:
            found = path.read_bytes()
        except OSError:
            return None
        digest, content = found[:DIGEST_BYTES], found[DIGEST_BYTES:]
        if hashlib.sha256(content).digest() != digest:
            path.unlink(missing_ok=True)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # used just now
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep a content; what is larger than the whole cache is not kept."""
        if len(content) + DIGEST_BYTES > self._max_bytes:
            return
        try:
            with self._lock:
                self._folder.mkdir(parents=True, exist_ok=True)
                half = self._folder / f"{uuid.uuid4()}.part"
                half.write_bytes(hashlib.sha256(content).digest() + content)
                half.replace(self._path(key))  # whole or not at all
                self._shrink()
        except OSError:
            return

    def _path(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()}.bin"

    def _shrink(self) -> None:
        """Throw away the least recently used until the rest fits."""
        files = sorted(
            ((file.stat(), file) for file in self._folder.glob("*.bin")), key=lambda item: item[0].st_mtime_ns
        )
        total = sum(stat.st_size for stat, _ in files)
        for stat, file in files:
            if total <= self._max_bytes:
                return
            file.unlink(missing_ok=True)
            total -= stat.st_size
