"""What stands in an output folder, and how a new site takes its place in one step."""
