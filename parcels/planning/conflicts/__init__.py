"""What a sketched element runs into: the checks of the review; shared land while it is dragged."""
