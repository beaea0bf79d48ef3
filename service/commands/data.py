"""`sitewatt data`: a user's own grid, land and project lists, added, listed and removed; a running service follows."""

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from geodata import user_data
from geodata.user_data import Layer, LayerError, LayerKind

app = typer.Typer(help="Your own data, preferred over what ships.", no_args_is_help=True)
grid = typer.Typer(help="Your own lines and substations, preferred within their bounds.", no_args_is_help=True)
land = typer.Typer(help="Land that may not be used, and what covers land.", no_args_is_help=True)
projects = typer.Typer(help="Your own copy of a project tracker, XLSX or CSV.", no_args_is_help=True)
app.add_typer(grid, name="grid")
app.add_typer(projects, name="projects")
app.add_typer(land, name="land")

Name = Annotated[str, typer.Argument(help="A short name: small letters, digits, - and _. Adding again replaces it.")]
LayerOption = Annotated[str | None, typer.Option("--layer", help="Layer of the file, or table of the database.")]
CRS = Annotated[str | None, typer.Option("--crs", help="Reference system of a file that states none: EPSG:4326.")]
Attribution = Annotated[str | None, typer.Option(help="How answers cite the source.")]
Licence = Annotated[str, typer.Option(help="Licence of the data.")]
AsOf = Annotated[str | None, typer.Option(help="Date of the data, as in 2026-03; today when left out.")]
STATED = "as stated by the user"


@grid.command("add")
def add_grid(
    name: Name,
    sources: Annotated[
        list[str] | None,
        typer.Argument(help="GeoPackage, GeoJSON, GeoParquet, shapefile, CSV, or postgresql://user:password@host/db."),
    ] = None,
    earth_osm: Annotated[
        str | None, typer.Option(help="A country, as in BJ: OpenStreetMap by the package earth-osm.")
    ] = None,
    layer: LayerOption = None,
    voltage: Annotated[str | None, typer.Option(help="Column of the voltage; the usual names are known.")] = None,
    voltage_unit: Annotated[str, typer.Option(help="auto, kV or V.")] = "auto",
    crs: CRS = None,
    beside: Annotated[bool, typer.Option(help="Hide nothing of what ships: for a map of a few voltages.")] = False,
    attribution: Attribution = None,
    licence: Licence = STATED,
    as_of: AsOf = None,
) -> None:
    """Check, pack and put in force. Nothing changes where a single row is wrong."""
    from geodata.grid import ingest

    sources = sources or []
    if bool(sources) == bool(earth_osm):
        _refuse(LayerError("give a file or a database, or a country with --earth-osm"))
    try:
        if earth_osm:
            sources = ingest.earth_osm(earth_osm, user_data.data_dir() / "earth_osm")
            attribution = attribution or "© OpenStreetMap contributors, openstreetmap.org/copyright"
            licence, voltage_unit = "ODbL-1.0" if licence == STATED else licence, "V"
        added = ingest.add_grid(
            name,
            sources,
            layer=layer,
            voltage=voltage,
            voltage_unit=voltage_unit,
            crs=crs,
            beside=beside,
            source=attribution,
            licence=licence,
            as_of=as_of,
        )
    except LayerError as error:
        _refuse(error)
    _say(added)


@land.command("add")
def add_land(
    name: Name,
    source: Annotated[str, typer.Argument(help="Polygons in any vector file or database, or a raster of classes.")],
    layer: LayerOption = None,
    exclude: Annotated[list[int] | None, typer.Option(help="Value of a raster that is excluded; repeat it.")] = None,
    forest: Annotated[list[int] | None, typer.Option(help="Value of a raster that is forest: lines cost more.")] = None,
    wetland: Annotated[list[int] | None, typer.Option(help="Value of a raster that is wetland.")] = None,
    suburban: Annotated[list[int] | None, typer.Option(help="Value of a raster that is suburb.")] = None,
    cover: Annotated[
        str | None, typer.Option(help="Polygons are forest, wetland or suburban, and not excluded.")
    ] = None,
    crs: CRS = None,
    attribution: Attribution = None,
    licence: Licence = STATED,
    as_of: AsOf = None,
) -> None:
    """Check and put in force. Nothing changes where a single row is wrong."""
    from geodata.land_layers import add_land as add

    try:
        added = add(
            name,
            source,
            layer=layer,
            exclude=exclude or (),
            cover=cover or {"forest": forest or [], "wetland": wetland or [], "suburban": suburban or []},
            crs=crs,
            attribution=attribution,
            licence=licence,
            as_of=as_of,
        )
    except LayerError as error:
        _refuse(error)
    _say(added)


@projects.command("add")
def add_projects(
    name: Name,
    file: Annotated[str, typer.Argument(help="XLSX or CSV of a tracker: GEM, IEA, SFI, MPP, LeadIT.")],
    kind: Annotated[str, typer.Option("--format", help="auto, gem, gem-cement, sfi, iea, mpp or leadit.")] = "auto",
    column: Annotated[
        list[str] | None, typer.Option(help="field=Header, for a column that is not recognised; repeat it.")
    ] = None,
    attribution: Attribution = None,
    licence: Licence = STATED,
    as_of: AsOf = None,
) -> None:
    """Read and put in force; rows that cannot be read are reported and left out."""
    from geodata.industry import ingest

    try:
        pairs = [text.partition("=") for text in column or []]
        if any(not (field and sign and header) for field, sign, header in pairs):
            raise LayerError("--column takes field=Header, as in --column capacity='Size, Mt'")
        columns = {field: header for field, _, header in pairs}
        added, read = ingest.add_projects(
            name, file, kind=kind, columns=columns, source=attribution, licence=licence, as_of=as_of
        )
    except LayerError as error:
        _refuse(error)
    _say(added)
    stages: dict[str, int] = {}
    for stage in read.projects.stage:
        stages[stage] = stages.get(stage, 0) + 1
    typer.echo(", ".join(f"{count} {stage}" for stage, count in sorted(stages.items())))
    if read.failed:
        typer.echo(f"{len(read.failed)} rows could not be read and are left out", err=True)
        for row, reason in read.failed[:20]:
            typer.echo(f"  row {row}: {reason}", err=True)


def _listing(kind: LayerKind) -> None:
    for layer in user_data.layers(kind):
        _say(layer)


def _removal(kind: LayerKind, name: str) -> None:
    try:
        gone = user_data.remove(kind, name)
    except LayerError as error:
        _refuse(error)
    typer.echo(f"removed {gone.id}")


@grid.command("list")
def list_grid() -> None:
    """What is in force."""
    _listing(LayerKind.GRID)


@land.command("list")
def list_land() -> None:
    """What is in force."""
    _listing(LayerKind.LAND)


@projects.command("list")
def list_projects() -> None:
    """What is in force."""
    _listing(LayerKind.PROJECTS)


@projects.command("remove")
def remove_projects(name: Name) -> None:
    """Take a list out of force."""
    _removal(LayerKind.PROJECTS, name)


@grid.command("remove")
def remove_grid(name: Name) -> None:
    """Take a layer out of force; the embedded grid is back."""
    _removal(LayerKind.GRID, name)


@land.command("remove")
def remove_land(name: Name) -> None:
    """Take a layer out of force."""
    _removal(LayerKind.LAND, name)


@app.command("verify")
def verify() -> None:
    """Check every table that ships, and every layer of yours, against its recorded size and SHA-256."""
    from geodata.datasets import damaged, data_version, datasets

    wrong = damaged()
    for what, reason in wrong:
        typer.echo(f"{what}: {reason}", err=True)
    if wrong:
        raise typer.Exit(1)
    own = sum(len(user_data.layers(kind)) for kind in LayerKind)
    typer.echo(f"{len(datasets())} shipped tables and {own} layers of yours are as recorded: {data_version()}")


@app.command("folder")
def folder() -> None:
    """Where your data are kept; SITEWATT_DATA_DIR moves it."""
    typer.echo(Path(user_data.data_dir()))


def _say(layer: Layer) -> None:
    counts = ", ".join(f"{count:,} {what}" for what, count in layer.counts.items())
    boxes = "; ".join(
        f"{west:.2f} to {east:.2f} E, {south:.2f} to {north:.2f} N" for west, south, east, north in layer.bounds
    )
    typer.echo(f"{layer.id}\t{counts}\t{boxes}\t{layer.source}, {layer.as_of}, {layer.licence}\tfrom {layer.origin}")


def _refuse(error: LayerError) -> NoReturn:
    """Say what is wrong, a row a line, and end with status 2."""
    typer.echo(str(error), err=True)
    for row, reason in error.rows:
        typer.echo(f"  row {row}: {reason}", err=True)
    raise typer.Exit(2)
