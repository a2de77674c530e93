"""A project's site shown while it is written: built, watched, served to this machine alone.

Between the command line and the build. What a build makes is served from a folder of its own and is
changed only on its way to the browser, so that the site on disk stays what `sitegen build` makes.
"""
