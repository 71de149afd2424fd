"""Questions as people write them: YAML with line numbers, problems, the schema."""
