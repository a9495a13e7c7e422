"""How a store of each released version becomes the next."""
