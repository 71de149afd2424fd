"""Dispatch: claims updates, calls their handlers, and records deliveries, each batch in one transaction."""
