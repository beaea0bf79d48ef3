"""What is asked and answered: every request and answer as pydantic models, with their examples."""
