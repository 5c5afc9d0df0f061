"""Lines of a dump get their labels: first each line alone, then by its neighbours."""
