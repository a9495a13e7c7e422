"""What a hand asks of a scenario, and what it leaves."""
