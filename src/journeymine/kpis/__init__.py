"""Indicators: what a project's figures are per period, and how its objectives stand."""
