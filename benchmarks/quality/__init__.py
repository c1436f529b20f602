"""How good the suggestions are: each module prints one table, measured on gold texts beside the project.

Those texts are no part of the project; where they are absent a module says so in one sentence and ends well.
"""
