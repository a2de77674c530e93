"""How what a build made is kept in files: packed, put together, and found again.

Nothing here knows notes or pages, or what it is kept for.
"""
