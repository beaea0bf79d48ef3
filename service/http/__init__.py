"""What every route shares: errors, limits, the forms of an answer, the OpenAPI description."""
