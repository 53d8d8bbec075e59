"""Compare photographed slips with orders."""
