"""The checks of a review, one file each."""
