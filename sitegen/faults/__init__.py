"""What is wrong with the fields of a note, in words that an author can act on."""
