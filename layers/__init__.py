"""Reference data that parcels are judged against, and how anything is drawn."""
