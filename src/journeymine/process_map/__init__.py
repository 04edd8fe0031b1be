"""Drawn graphs: process maps, and process models as boxes and gateways."""
