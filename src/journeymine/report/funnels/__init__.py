"""The funnels: who reached each step, who left, who still has time."""
