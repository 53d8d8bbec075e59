"""Language models as judges of answers, and how far people agree with them."""
