"""Language models behind the `Generator` port."""
