"""Hourly weather of a place, one file a source behind one protocol."""
