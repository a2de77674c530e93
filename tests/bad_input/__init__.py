"""What no author or article may do to a site or its readers, tried out through the command line."""
