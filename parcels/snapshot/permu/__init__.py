"""Snapshots of firms rated by what their land yields."""
