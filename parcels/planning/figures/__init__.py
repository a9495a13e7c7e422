"""What elements and scenarios measure: areas, the ledger, the balance, figures to compare."""
