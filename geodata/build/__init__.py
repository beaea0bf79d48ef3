"""Scripts that derive `geodata/data/` from named public files. Not installed with the package."""
