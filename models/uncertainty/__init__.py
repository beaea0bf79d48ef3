"""How sure an answer is: samples of what is uncertain, and what they make of its figures."""
