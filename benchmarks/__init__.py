"""Benchmarks: ratios against a peer in one run; never a wall-clock assertion."""
