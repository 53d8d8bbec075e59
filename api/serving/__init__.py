"""What stands between a request and its route: ids, limits, metrics, repeated writes."""
