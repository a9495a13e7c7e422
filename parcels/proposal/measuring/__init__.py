"""What rules measure of a proposal: quotients of sums, exact or between ends."""
