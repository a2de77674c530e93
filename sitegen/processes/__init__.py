"""Work that several processes of one machine share, with results as if one had done it."""
