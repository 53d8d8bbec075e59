"""What conversations tell about the knowledge: proposals, contradictions, what is out of date."""
