"""M0 proposals: a floor-area mix with promises, its verdict, what would make it pass."""
