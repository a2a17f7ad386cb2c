"""What stands under /imaging: resumable uploads, batches, and a study opened in one answer."""
