"""What the rules find: emissions, clean power and hydrogen, the border tax."""
