"""What an answer states: findings in, the parts of the answer out, every figure traced."""
