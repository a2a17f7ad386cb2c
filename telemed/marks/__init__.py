"""What readers have drawn on the images of a study, and saved."""
