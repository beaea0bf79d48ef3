"""What the product knows about energy: pure functions and frozen dataclasses over numpy arrays."""
