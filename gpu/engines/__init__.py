"""Engines behind the core's port, and the choice between them."""
