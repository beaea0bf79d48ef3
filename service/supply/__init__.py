"""What may supply a site: its weather, where plants may stand, what an hour of each yields and a year costs."""
