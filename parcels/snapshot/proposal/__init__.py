"""Snapshots of proposals under the rules of some packs."""
