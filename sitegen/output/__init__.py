"""What stands in an output folder, and how a new site takes the place of the last one."""
