"""Pack industrial plants and hydrogen projects: `python -m geodata.build.industry --source FOLDER`.

Steel: Global Energy Monitor; cement: Spatial Finance Initiative; hydrogen: IEA, without coordinates. Each under CC BY
4.0 and in one table; what a source calls a status is kept, and mapped to a stage (`geodata/industry/stages.csv`).
"""

import argparse
from pathlib import Path

from geodata.build.manifest import DATA, record, source_entry
from geodata.industry.formats import read_tracker
from geodata.industry.table import Projects, joined

GEM = "Global Iron and Steel Tracker, March 2025, Global Energy Monitor"
SFI = "Global Database of Cement Production Assets, July 2021, Spatial Finance Initiative"
IEA = "Hydrogen Production Projects Database, October 2023, IEA"
FILES = {
    "gem_iron_steel_2025-03-25.csv": ("gem", GEM),
    "SFI-Global-Cement-Database-July-2021.xlsx": ("sfi", SFI),
    "iea_hydrogen_projects_2023_via_hexamya.csv": ("iea", IEA),
}


def main() -> None:
    """Write the table and its manifest entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True, help="folder with the named files")
    source: Path = parser.parse_args().source
    parts: list[Projects] = []
    for name, (kind, origin) in FILES.items():
        read = read_tracker(source / name, kind)
        print(f"{name}: {len(read.projects)} rows, {len(read.failed)} failed")
        for row, reason in read.failed[:10]:
            print(f"  row {row}: {reason}")
        parts.append(read.projects.of_source(f"{origin}, CC BY 4.0"))
    table = joined(parts)
    path = DATA / "industry.npz"
    table.save(path)
    record(
        "industry",
        file=path,
        title="Steel and cement plants, hydrogen projects",
        version="2",
        as_of="2025-03",
        licence="CC-BY-4.0",
        attribution=f"{GEM}; {SFI}; {IEA}; CC BY 4.0",
        cover=", ".join(
            f"{len(part)} {sector}" for part, sector in zip(parts, ("steel", "cement", "hydrogen"), strict=True)
        ),
        known_error="hydrogen projects have no coordinates; cement is of 2021, half of the plants without a size",
        derivation="python -m geodata.build.industry --source FOLDER",
        sources=[source_entry(source / name, origin, "CC-BY-4.0") for name, (_, origin) in FILES.items()],
    )


if __name__ == "__main__":
    main()
