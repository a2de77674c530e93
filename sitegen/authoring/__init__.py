"""What sitegen does for authors: scaffolds, a first project, evidence entries, manuals, repairs.

Between the command line and the stages: these modules read a project as a build does, and write
notes and never a site. They print nothing and read no clock.
"""
