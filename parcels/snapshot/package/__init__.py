"""The package of a snapshot: the same content as files for maps, tables, paper and checking."""
