"""Files that hold other files: archives and the attachments of mail."""
