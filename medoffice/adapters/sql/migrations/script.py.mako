"""${message}."""

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the store up by this step."""
    ${upgrades if upgrades else "raise NotImplementedError"}


def downgrade() -> None:
    """Take this step back."""
    ${downgrades if downgrades else "raise NotImplementedError"}
