"""Estimates from durations of which some are not over, with their intervals."""
