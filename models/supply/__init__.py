"""Weather in, hourly capacity factors out."""
