"""Two snapshots side by side: which verdicts changed, and what made them change."""
