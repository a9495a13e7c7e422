"""How an expansion area stands to the principles of the plan: indices beside their bands."""
