"""Where work is kept: one database, embedded or shared, that loses nothing it acknowledged."""
