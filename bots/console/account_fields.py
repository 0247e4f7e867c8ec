"""Answers about accounts as fields for JSON."""

from core.answers import account, replies
from core.identities import Identity, Notification

Fields = dict[str, object]


def fields(reply: replies.Account) -> Fields:
    """What `fields.reply` adds for an answer about an account."""
    match reply:
        case account.LinkCode():
            return {"code": reply.code, "expires": reply.expires.isoformat()}
        case account.Linked():
            return {
                "identities": [_identity(one) for one in reply.identities],
                "renamed": [{"old": one.old, "new": one.new} for one in reply.renamed],
                "notifications": _notifications(reply.notifications),
            }
        case account.Unlinked():
            return {"identity": _identity(reply.identity), "notifications": _notifications(reply.notifications)}
        case account.Status():
            has = reply.holdings
            return {
                "me": reply.mine.id if reply.mine else None,
                "identities": [_identity(one) for one in has.identities],
                "webLogin": has.web,
                "made": has.made,
                "dailyLimit": reply.daily_limit,
                "again": reply.again.isoformat(),
                "kept": has.kicks,
                "keepLimit": reply.keep_limit,
                "presets": has.presets,
                "shares": has.shares,
                "takes": has.takes,
            }
        case account.Forgotten():
            messages = [one.message for one in reply.posted]
            return {"messages": messages, "notifications": _notifications(reply.notifications)}


def _identity(identity: Identity) -> Fields:
    person = identity.person
    return {
        "id": identity.id,
        "label": identity.label,
        "platform": person.platform,
        "realm": person.realm,
        "externalId": person.id,
        "name": person.name,
    }


def _notifications(notifications: tuple[Notification, ...]) -> list[Fields]:
    return [{"to": _identity(one.to), "text": one.text} for one in notifications]
