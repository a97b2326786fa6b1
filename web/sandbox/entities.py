"""Makes a message's text as Telegram keeps it: parsed, trimmed, links and commands found."""

from __future__ import annotations

import re

from web.sandbox.errors import Json, bad_request
from web.sandbox.markup import read_html, utf16_length

MOST_ENTITIES = 100
LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
GIVEN_KINDS = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    },
)
FOUND_KINDS = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email"})
OPAQUE = frozenset({"code", "pre", "text_link", "text_mention"})
DOMAIN_ENDINGS = "ch|com|org|net|de|fr|at|it|li|eu|info|me|swiss"
FINDERS = (
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("url", re.compile(r"https?://[^\s<>\"»)]+[^\s<>\"».,;:!?)]")),
    ("url", re.compile(rf"(?<![\w@./])(?:[\w-]+\.)+(?:{DOMAIN_ENDINGS})\b(?:/[^\s<>\"»).,]*)?")),
    (
        "bot_command",
        re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    ),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z0-9_]{4,32}\b")),
    ("hashtag", re.compile(r"(?<![\w&])#\w{1,256}")),
)
TRIGGERS = re.compile(r"[/@#.]")
UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\r]")


def styled(source: str, parse_mode: str | None, given: list[Json] | None) -> tuple[str, list[Json]]:
    """Turn what the bot sends into the text and the entities that a message carries."""
    if parse_mode:
        if parse_mode.lower() != "html":
            raise bad_request("unsupported parse_mode")
        text, entities = read_html(UNWANTED.sub("", source))
    else:
        text, entities = UNWANTED.sub("", source), _checked(given or [], source)
    text, entities = _trimmed(text, entities)
    return text, with_found(text, entities)[:MOST_ENTITIES]


def with_found(text: str, entities: list[Json]) -> list[Json]:
    """Add the commands, mentions and links that Telegram finds by itself."""
    if not TRIGGERS.search(text):
        return entities
    flat = text.isascii()
    taken = [entity for entity in entities if entity["type"] in OPAQUE]
    found: list[Json] = []
    for kind, finder in FINDERS:
        for match in finder.finditer(text):
            offset = match.start() if flat else utf16_length(text[: match.start()])
            entity = {"type": kind, "offset": offset, "length": utf16_length(match.group())}
            if not any(_overlap(entity, other) for other in (*taken, *found)):
                found.append(entity)
    return sorted((*entities, *found), key=lambda each: (each["offset"], -each["length"]))


def _overlap(one: Json, other: Json) -> bool:
    ends = one["offset"] + one["length"], other["offset"] + other["length"]
    return bool(one["offset"] < ends[1] and other["offset"] < ends[0])


def _checked(given: list[Json], source: str) -> list[Json]:
    length = utf16_length(source)
    kept = []
    for entity in given:
        kind = str(entity.get("type"))
        if kind in FOUND_KINDS:
            continue
        if kind not in GIVEN_KINDS:
            raise bad_request("can't parse MessageEntity: Unsupported type of the entity specified")
        start, size = entity.get("offset"), entity.get("length")
        if not isinstance(start, int) or not isinstance(size, int):
            raise bad_request('can\'t parse MessageEntity: Field "offset" must be of type Number')
        if start < 0 or size <= 0 or start + size > length:
            raise bad_request("ENTITY_BOUNDS_INVALID")
        kept.append(entity)
    return kept


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    shorter = text.rstrip()
    start = len(shorter) - len(shorter.lstrip())
    shorter = shorter[start:]
    if len(shorter) == len(text):
        return text, entities
    cut, length = utf16_length(text[:start]), utf16_length(shorter)
    kept = []
    for entity in entities:
        begin = max(0, entity["offset"] - cut)
        end = min(length, entity["offset"] + entity["length"] - cut)
        if begin < end:
            kept.append(entity | {"offset": begin, "length": end - begin})
    return shorter, kept


def message_text(source: str, parse_mode: str | None, given: list[Json] | None) -> Json:
    """Make `text` and `entities` of a message, or refuse an empty or too long one."""
    text, entities = styled(source, parse_mode, given)
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return {"text": text} | ({"entities": entities} if entities else {})


def message_caption(source: str, parse_mode: str | None, given: list[Json] | None) -> Json:
    """Make `caption` and `caption_entities`; an empty caption is none."""
    text, entities = styled(source, parse_mode, given)
    if utf16_length(text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    if not text:
        return {}
    return {"caption": text} | ({"caption_entities": entities} if entities else {})
