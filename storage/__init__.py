"""What is kept: tables, mapping, named queries, the unit of work, migrations and the import."""
