"""What is kept of what people write, with placeholders for personal data: wrappers around the ports."""
