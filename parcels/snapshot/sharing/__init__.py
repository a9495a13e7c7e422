"""What of a snapshot may leave the house, by lists of what leaves; all else stays."""
