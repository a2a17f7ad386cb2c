"""The demonstration: fictional hospitals, people, patients and cases, and the images that belong to them."""
