"""The paths: process maps, variants and models."""
