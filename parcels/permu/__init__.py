"""亩均: what land yields, by published schemes, from a table of firms or parcels."""
