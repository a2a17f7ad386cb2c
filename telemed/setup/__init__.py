"""From an empty directory to a product that starts: hospitals, the first administrator, and where it is found."""
