"""Moves a SQLite database into PostgreSQL: table by table, so that it can be stopped at any row and go on there."""
