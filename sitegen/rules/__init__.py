"""The rules that notes must keep: a function for each, whose docstring is the rule's manual."""
