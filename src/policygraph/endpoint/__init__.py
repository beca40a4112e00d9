"""SPARQL over HTTP: a read-only endpoint that follows the SPARQL 1.1 Protocol."""
