"""What a system's account may do, and in which contests; and the secret it had before."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "gateway_0003"
down_revision = "gateway_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("scopes", ARRAY(sa.String)))
    op.add_column("account", sa.Column("old_secret_hash", sa.String))
    op.add_column("account", sa.Column("old_secret_until", sa.DateTime(timezone=True)))
    op.add_column("sign_in", sa.Column("scopes", ARRAY(sa.String)))
    # Systems that were there before may do what they could. Row-level security binds the owner.
    op.execute("SELECT set_config('app.tenant', '*', true)")
    op.execute(
        "UPDATE account SET scopes ="
        " '{documents:write,entries:read,entries:write,status:read}' WHERE kind = 'CLIENT'"
    )
    op.execute(
        "UPDATE sign_in SET scopes = account.scopes FROM account"
        " WHERE account.tenant = sign_in.tenant AND account.id = sign_in.account_id"
    )
