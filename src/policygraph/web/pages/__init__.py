"""The pages: each reads what it tells from a snapshot of the graph, and returns a record."""
