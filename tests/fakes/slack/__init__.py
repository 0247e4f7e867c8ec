"""A small Slack: a Web API, response URLs, file uploads and Socket Mode over HTTP on this machine, with state.

Refusals and limits are those that Slack's documentation names. What a test wants to go wrong it says with
`World.fail`.
"""
