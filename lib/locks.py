"""Holding a row still while others may hold it too."""

from django.db import connection, models


def hold_still(model: type[models.Model], pk: int) -> None:
    """Keep this row from being changed until the transaction ends. Unlike with `select_for_update`, any number of transactions hold it at once.

    For a parent that many write beneath: they wait for whoever changes the parent, and not for each other. SQLite lets one transaction
    write at a time anyway.
    """
    if not connection.features.has_select_for_update:
        return
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR SHARE", [pk])
