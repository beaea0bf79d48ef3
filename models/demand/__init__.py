"""What an industrial process draws: the catalogue as data, and its demand over a year."""
