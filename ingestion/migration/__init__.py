"""From a data folder to servers."""
