"""One file a language: what customers say when they are angry, worried, let down, puzzled or pleased."""
