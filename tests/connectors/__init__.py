"""Connectors, each on rows in the layout that its system exports."""
