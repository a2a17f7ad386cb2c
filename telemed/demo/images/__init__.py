"""The demonstration's images: synthetic ones, and renamed copies of test files."""
