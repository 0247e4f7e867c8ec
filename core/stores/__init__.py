"""The ports behind which rows are kept, one module for each subject. Each may raise `errors.DatabaseUnavailable`.

Two kinds of that tell more: `errors.AnswerLost`, that something may be done all the same, and `errors.DatabaseBusy`,
that others were in the way of it.

What reads or changes somebody's data takes the account that asks, as the first argument: nothing of another's comes
back, but for what the place where it is asked shows.
"""
