"""What a hand does to polygons of a plane: cut, split, merge, square, bring to an area."""
