"""What an operator sees and sets of a running service: logs, metrics, traces, deadlines, the way it starts and ends."""
