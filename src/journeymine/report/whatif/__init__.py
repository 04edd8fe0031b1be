"""Attribution and what-if: which channels earn conversions, and what mending brings."""
