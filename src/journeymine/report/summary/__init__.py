"""What a reader should know first."""
