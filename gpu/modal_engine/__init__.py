"""Kicks made on Modal by the deployed worker. Importing this package's modules imports the Modal client."""
