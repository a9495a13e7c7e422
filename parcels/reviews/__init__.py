"""What people say about findings: opinions, overrides, comments, supplied facts; append-only."""
