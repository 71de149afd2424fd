"""Move of a SQLite database into PostgreSQL, table by table; it can be stopped at any row and resumed."""
