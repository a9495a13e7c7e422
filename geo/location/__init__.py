"""From a location phrase to bounds, and from bounds to places on a map."""
