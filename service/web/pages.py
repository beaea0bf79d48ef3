"""GET / and what the page loads; GET /embed, the widget. Nothing here comes from another host."""

import gzip
import hashlib
import mimetypes
from functools import cache
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from service.http.problems import ProblemError
from service.web import places
from service.web.basemap import LayerName, layer
from service.web.packing import Packed

STATIC = Path(__file__).parent / "static"
TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors "
)


def load() -> None:
    """Pack what the first view needs, so that nobody waits for it."""
    layer("borders")


def router(embed_origins: tuple[str, ...]) -> APIRouter:
    """The page's routes. `embed_origins` : who may show `/embed` in a frame, beside this host itself."""
    routes = APIRouter(include_in_schema=False)
    alone = {"Content-Security-Policy": POLICY + "'none'", "Referrer-Policy": "no-referrer"}
    framed = alone | {"Content-Security-Policy": POLICY + " ".join(("'self'", *embed_origins))}

    @routes.get("/")
    def home(request: Request) -> Response:
        return _answer(request, _file("index.html"), "text/html", alone)

    @routes.get("/embed")
    def embed(request: Request) -> Response:
        return _answer(request, _file("embed.html"), "text/html", framed)

    @routes.get("/embed.js")
    def embed_script(request: Request) -> Response:
        return _answer(request, _file("embed.js"), TYPES[".js"], {"Access-Control-Allow-Origin": "*"})

    @routes.get("/web/map/{name}")
    def map_layer(request: Request, name: LayerName) -> Response:
        return _answer(request, layer(name), "application/octet-stream", {})

    @routes.get("/web/places")
    def named_places(query: Annotated[str, Query(min_length=1, max_length=80)]) -> Response:
        return JSONResponse({"places": places.find(query)})

    @routes.get("/web/{path:path}")
    def static(request: Request, path: str) -> Response:
        return _answer(request, _file(path), TYPES.get(Path(path).suffix) or mimetypes.guess_type(path)[0], {})

    return routes


@cache
def _files() -> dict[str, Path]:
    """What may be asked for: the files that are there, so that no path leads elsewhere."""
    return {file.relative_to(STATIC).as_posix(): file for file in STATIC.rglob("*") if file.is_file()}


def _file(name: str) -> Packed:
    if name not in _files():
        raise ProblemError("not-found", "There is no such file.")
    file = _files()[name]
    return _packed(file, file.stat().st_mtime_ns)


@cache
def _packed(file: Path, changed: int) -> Packed:  # noqa: ARG001  # a file that changed is read again
    plain = file.read_bytes()
    return Packed(plain, gzip.compress(plain, 9, mtime=0), hashlib.sha256(plain).hexdigest()[:20])


def _answer(request: Request, content: Packed, media_type: str | None, headers: dict[str, str]) -> Response:
    """The content, zipped where that is taken, or 304: a browser keeps it and asks whether it still holds."""
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    tag = f'"{content.tag}{"-gzip" if zipped else ""}"'
    headers = headers | {
        "ETag": tag,
        "Cache-Control": "no-cache",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    if zipped:
        headers["Content-Encoding"] = "gzip"
    return Response(content.zipped if zipped else content.plain, media_type=media_type, headers=headers)
