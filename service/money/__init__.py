"""What the sized system costs: power, connection, product, the project as a cash flow."""
