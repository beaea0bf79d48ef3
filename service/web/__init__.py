"""The map page, what it draws its map from, and the widget that partners embed."""
