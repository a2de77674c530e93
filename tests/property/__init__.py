"""What holds for every input, tested with hypothesis."""
