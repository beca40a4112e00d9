"""policygraph turns Vietnamese policy articles into a knowledge graph."""
