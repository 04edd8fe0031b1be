"""Which channels conversions are due to, and how sure that is."""
