"""What comes after what in a journey: pairs at any distance, and sub-sequences."""
