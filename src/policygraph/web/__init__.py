"""The web app: pages on a graph folder, rendered here, that work with the network off.

    request ─read query→ Query ─page→ record ─┬→ template → HTML
                          ↑ Snapshot of graph └→ JSON, as /openapi.json describes it

A page is a function from a snapshot of the graph and the parameters of its address to a frozen
record; templates show records, and the same path with “.json” gives them to programs.
"""
