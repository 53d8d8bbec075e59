"""What the desk says of its own accord, and to whom: profiles, rules over events, drafted messages."""
