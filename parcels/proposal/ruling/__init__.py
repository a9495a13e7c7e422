"""What a rule says of a measure or a fact, and how it is told."""
