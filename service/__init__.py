"""The HTTP face and the command line: the only place that knows FastAPI and pydantic."""
