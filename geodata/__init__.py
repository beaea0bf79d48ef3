"""Where facts about a place come from."""
