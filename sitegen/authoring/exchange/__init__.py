"""Authors' own material in the formats of other programs: notes, annotations, records."""
