"""What would make a proposal pass: constraints, solving, exact amounts, conflicts."""
