"""Funnels by the rules of other systems, which differ in ties, entries and windows."""
