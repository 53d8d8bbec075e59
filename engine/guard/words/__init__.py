"""Find listed words in text, also where somebody hid them."""
