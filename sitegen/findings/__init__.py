"""What follows from the notes, one module for each kind of finding."""
