"""The published kick model: its network, its files, and the way from a prompt to sound."""
