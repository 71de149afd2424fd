"""Cuts the connection to PostgreSQL just before or just after COMMIT, so that the client does not learn the outcome."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Engine


@contextmanager
def cut_at_commit(engine: Engine, cuts: Callable[[], str]) -> Iterator[None]:
    """Ask at every COMMIT in the block: ``before`` or ``after`` cuts the connection there, other values do not."""
    dialect = engine.dialect
    commit = dialect.do_commit

    def do_commit(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own
        cut = cuts()
        if cut != "before":
            commit(connection)
        if cut in {"before", "after"}:
            connection.dbapi_connection.close()
            raise psycopg.OperationalError("the connection is lost")

    dialect.do_commit = do_commit  # type: ignore[method-assign] # what a cut line does, and nothing less
    yield
    dialect.do_commit = commit  # type: ignore[method-assign]
