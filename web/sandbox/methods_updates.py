"""Bot API methods by which the bot receives updates."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from web.sandbox.arguments import Arguments
from web.sandbox.errors import Json, bad_request, conflict
from web.sandbox.updates import WEBHOOK_SET
from web.sandbox.webhook import Hook
from web.sandbox.world import World

LIMITS = range(1, 101)
MOST_CONNECTIONS = 40
LONGEST_POLL = 50
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active;"
    " use deleteWebhook to delete the webhook first"
)


async def get_updates(world: World, arguments: Arguments) -> list[Json]:
    """Answer getUpdates: confirm, then wait until there is something or the time is over."""
    if world.webhook.hook is not None:
        raise conflict(WEBHOOK_ACTIVE)
    world.updates.allow(arguments.items("allowed_updates", str))
    limit = arguments.integer("limit") or 100
    return await world.updates.fetch(
        arguments.integer("offset") or 0,
        limit=limit if limit in LIMITS else 100,
        seconds=min(max(arguments.integer("timeout") or 0, 0), LONGEST_POLL),
    )


async def set_webhook(world: World, arguments: Arguments) -> bool:
    """Answer setWebhook; plain http is accepted on this machine only."""
    url, secret = arguments.text("url"), arguments.text("secret_token")
    if not url:
        return await delete_webhook(world, arguments)
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if secret and not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    world.updates.allow(arguments.items("allowed_updates", str))
    if arguments.flag("drop_pending_updates"):
        world.updates.clear()
    world.updates.interrupt(WEBHOOK_SET)
    connections = arguments.integer("max_connections") or MOST_CONNECTIONS
    address = arguments.text("ip_address") or None
    hook = Hook(url, secret or None, max(1, min(connections, 100)), address)
    await world.webhook.start(hook)
    return True


async def delete_webhook(world: World, arguments: Arguments) -> bool:
    """Answer deleteWebhook."""
    await world.webhook.stop()
    if arguments.flag("drop_pending_updates"):
        world.updates.clear()
    return True


def get_webhook_info(world: World, _arguments: Arguments) -> Json:
    """Answer getWebhookInfo."""
    hook, failure = world.webhook.hook, world.webhook.failure
    info: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": world.updates.count(),
    }
    if hook:
        info["max_connections"] = hook.max_connections
        if hook.ip_address:
            info["ip_address"] = hook.ip_address
    if hook and failure:
        info |= {"last_error_date": failure.date, "last_error_message": failure.message}
    allowed = world.updates.allowed()
    return info | ({"allowed_updates": allowed} if allowed else {})


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
