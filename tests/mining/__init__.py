"""Tests of the core: a drawn example per rule, an independent oracle per algorithm."""
