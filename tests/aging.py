"""Time that passes for a database: everything in it becomes older."""

from datetime import timedelta

from db.postgres.database import Database

LONG = timedelta(days=100_000)
"""Further than any two days of a test are apart, so that none is in the other's way while both move."""


async def age(database: Database, span: timedelta) -> None:
    """Move every time in the database back by `span`, and every date by its whole days."""
    columns = await database.fetch(COLUMNS)
    async with database.transaction() as transaction:
        # Triggers and foreign keys are for what people do.
        await transaction.execute("SET LOCAL session_replication_role = replica")
        for table, column, kind in columns:
            if kind == "date":
                days = timedelta(days=span.days)
                for step in (LONG + days, -LONG):
                    await transaction.execute(f"UPDATE {table} SET {column} = {column} - $1::int", step.days)
            else:
                await transaction.execute(f"UPDATE {table} SET {column} = {column} - $1::interval", span)


COLUMNS = """
SELECT table_schema || '.' || table_name AS place, column_name::text AS name, data_type::text AS kind
FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_type = 'BASE TABLE' AND data_type IN ('date', 'timestamp with time zone')
    AND (table_schema = 'kickbot' OR table_name IN ('presets_preset', 'kickgen_generatedkick'))
"""
