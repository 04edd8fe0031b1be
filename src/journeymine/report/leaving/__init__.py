"""Who leaves for good, who gives up an attempt, and who comes back."""
