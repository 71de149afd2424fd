"""Storage in the database. No other package uses SQL."""
