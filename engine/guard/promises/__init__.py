"""What a reply promises, and whether the policies say so."""
