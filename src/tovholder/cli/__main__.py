"""`python -m tovholder.cli`: the command `tovholder`, for a process that starts another one."""

from .entry import main

main()
