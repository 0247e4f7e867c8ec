"""The ports behind which rows are kept, one module for each subject. Each may raise `errors.DatabaseUnavailable`.

What reads or changes somebody's data takes the account that asks, as the first argument: nothing of another's comes
back, but for what the place where it is asked shows.
"""
