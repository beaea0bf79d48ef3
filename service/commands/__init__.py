"""The command `sitewatt`: serve, assess, batch, data."""
