"""One thin router a resource; no logic."""
