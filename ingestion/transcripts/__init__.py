"""Conversations between customers and the desk: read from exports, scrubbed, written as documents and cases."""
