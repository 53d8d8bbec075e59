"""Worker processes that parse files within limits of time and memory."""
