"""`make faults`: plants one-line mistakes in a copy of the tree, and names the test that notices each."""
