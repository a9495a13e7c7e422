"""Files made of snapshots in a process of their own: how far it is, its end, and 取消."""
