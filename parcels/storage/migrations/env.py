"""Alembic's way in: the connection comes from `parcels.storage.upgrade`, within its transaction."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
