"""Batches: many sites, kept in a database, computed in chunks by processes here or on a cluster."""
