"""How well the desk serves: replies that are checked, promises that are tracked, and the digest of a week."""
