"""The routes under /imaging: resumable uploads, batches, and opening a study in one answer."""
