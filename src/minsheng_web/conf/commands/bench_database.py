"""A PostgreSQL database of a bench's own, made on the server DATABASE_URL names and dropped in the end."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from minsheng.commands.refused import CommandRefused


@contextmanager
def own_database(name: str) -> Iterator[str]:
    """Its address. The database DATABASE_URL itself names is not touched. Raises CommandRefused."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        raise CommandRefused(
            "--database-of-own 要在 DATABASE_URL 所指的 PostgreSQL 上另建数据库：请先设置它。"
        )
    import psycopg
    from psycopg import sql

    own = f"minsheng_bench_{name}_{os.getpid()}"
    maintenance = urlsplit(given)._replace(path="/postgres").geturl()
    try:
        with psycopg.connect(maintenance, autocommit=True) as server:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(own)))
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise CommandRefused(f"不能在 DATABASE_URL 所指的服务器上另建数据库：{reason}。") from error
    try:
        yield urlsplit(given)._replace(path=f"/{own}").geturl()
    finally:
        with psycopg.connect(maintenance, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(own)))
