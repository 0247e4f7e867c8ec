"""Processes that tests start to have them killed: forked from one that has imported what they need already."""

import multiprocessing

CHILDREN = multiprocessing.get_context("forkserver")
CHILDREN.set_forkserver_preload(
    ["tests.chaos.life", "tests.core.doomed", "tests.core.library.doomed", "tests.db.doomed"]
)
