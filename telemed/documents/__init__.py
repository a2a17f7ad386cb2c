"""Printed documents: typed data in, a PDF out."""
