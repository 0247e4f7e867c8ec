"""What whoever installs the app reads in the browser when Slack has sent them back."""

import base64
import hashlib
from html import escape

from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.response import BoltResponse

STYLE = "body { font-family: sans-serif; margin: 3em auto; max-width: 32em; line-height: 1.5 }"
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; frame-ancestors 'none'"

INSTALLED = "Kickbot is installed."
OPEN = '<a href="https://app.slack.com/client/{team}">Open Slack</a>, and ask for a kick in any channel.'
AGAIN = '<a href="{path}">Begin again</a>'
REASONS = {
    "access_denied": "You did not allow it, so nothing was installed.",
    "invalid_browser": "The installation was begun in another browser, or too long ago.",
    "invalid_state": "The installation was begun too long ago, or has been completed already.",
}
ELSE = "Slack did not complete the installation ({reason})."


class WholeOrganization(BoltError):
    """Kickbot is installed into single workspaces, not into a whole organization, so it was not accepted.

    Have it removed from the organization, and install it into each workspace that wants it.
    """


def options() -> AsyncCallbackOptions:
    """The pages, for Bolt."""
    return AsyncCallbackOptions(success=_success, failure=_failure)


async def _success(args: AsyncSuccessArgs) -> BoltResponse:
    return _page(args, 200, INSTALLED, OPEN.format(team=escape(args.installation.team_id or "")))


async def _failure(args: AsyncFailureArgs) -> BoltResponse:
    if isinstance(args.error, WholeOrganization):
        heading, _, rest = (WholeOrganization.__doc__ or "").partition("\n\n")
        return _page(args, 400, heading, escape(rest.strip()))
    reason = REASONS.get(args.reason) or ELSE.format(reason=args.reason)
    return _page(args, args.suggested_status_code, reason, AGAIN.format(path=escape(args.settings.install_path)))


def _page(args: AsyncSuccessArgs | AsyncFailureArgs, status: int, heading: str, below: str) -> BoltResponse:
    """A page of which `below` is HTML; what remembers the installation's begin in the browser ends."""
    head = f'<head><meta charset="utf-8"><title>Kickbot</title><style>{STYLE}</style></head>'
    body = f"<body><h1>{escape(heading)}</h1><p>{below}</p></body>"
    return BoltResponse(
        status=status,
        body=f'<!DOCTYPE html><html lang="en">{head}{body}</html>',
        headers={
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": POLICY,
            "Set-Cookie": args.settings.state_utils.build_set_cookie_for_deletion(),
        },
    )
