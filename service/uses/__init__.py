"""The use cases, one module each: what a route or a command asks for, from request to answer."""
