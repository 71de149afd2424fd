"""Builds everything."""
