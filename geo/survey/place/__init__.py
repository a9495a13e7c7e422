"""Where the numbers of a file lie: decided, or asked with the candidates."""
