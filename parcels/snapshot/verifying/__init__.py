"""What a snapshot says, compared with what its inputs give."""
