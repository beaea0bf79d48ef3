"""A case: what a request asks, from its facts to the problem that is sized."""
