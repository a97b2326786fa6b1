"""Refusals in Telegram's own words, and those of the page; never decides when to refuse."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class ApiError(Exception):
    """A Bot API call that is answered with `ok: false`."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        """Take the HTTP status, Telegram's sentence and `ResponseParameters`."""
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        """Give the JSON that Telegram would answer."""
        body: Json = {
            "ok": False,
            "error_code": self.status,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class PageError(Exception):
    """A request of the page that cannot be done, with the HTTP status that says why."""

    def __init__(self, status: int, message: str) -> None:
        """Take the HTTP status and one sentence."""
        super().__init__(message)
        self.status = status
        self.message = message


def bad_request(description: str, **parameters: int) -> ApiError:
    """Refuse a call as Telegram does when the caller is wrong."""
    return ApiError(400, f"Bad Request: {description}", **parameters)


def forbidden(description: str) -> ApiError:
    """Refuse a call because the bot may not reach that person or group."""
    return ApiError(403, f"Forbidden: {description}")


def conflict(description: str) -> ApiError:
    """Refuse a call because another reader of updates is at work."""
    return ApiError(409, f"Conflict: {description}")


def too_many_requests(seconds: int) -> ApiError:
    """Refuse a call until `seconds` have passed."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def not_found(message: str) -> PageError:
    """Tell the page that what it names is not there."""
    return PageError(404, message)


def unusable(message: str) -> PageError:
    """Tell the page that its request cannot be read."""
    return PageError(422, message)


def out_of_place(message: str) -> PageError:
    """Tell the page that the request does not fit what is so now."""
    return PageError(409, message)
