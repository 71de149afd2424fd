"""What is kept on disk. Nobody else speaks SQL."""
