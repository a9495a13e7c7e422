"""Rules as data: dated packs with sources, and the book of what is in force on a day."""
