"""Survey texts: the exchange format of boundary points, and bare coordinates."""
