"""HTTP API and command line over the engine."""
