"""The team: who belongs to it, invitations, joining, leaving and removing."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.messages import Button, Message
from bot.domain.roles import Role, Staff
from bot.domain.town import Centre
from bot.i18n import Voice
from bot.phrases import menu, team_menu


def joined(v: Voice, staff: Staff, centre: str) -> Message:
    """Welcome a new member of the team and show the keyboard with the team's keys."""
    lines = [v.say("<b>Welcome to the team!</b>"), role(v, staff, centre)]
    lines += [
        v.say("You have keys of your own now:"),
        v.say("{key}: read what people bring, decide, reply", key=menu.contributions_key(v)),
        v.say("{key}: questions I could not answer", key=menu.inbox_key(v)),
        v.say("{key}: announcements, directory, and who belongs to it", key=menu.team_key(v)),
    ]
    return Message(Markup("\n").join(lines), keys=menu.keys(v, staff))


def role(v: Voice, staff: Staff, centre: str) -> Markup:
    """Return a person's role as a sentence."""
    if staff.role is Role.COORDINATOR:
        return v.say("You are a coordinator.")
    if centre:
        return v.say("You are an animator of {centre}.", centre=centre)
    return v.say("You are an animator.")


def page(v: Voice, everyone: Sequence[tuple[Staff, str]], *, mine: Staff) -> Message:
    """List the team by pseudonym, role and centre; coordinators may invite and remove."""
    lines = [v.say("<b>The team</b>")]
    for member, centre in everyone:
        lines.append(_member(v, member, centre, me=member.contact_id == mine.contact_id))
    rows = list(team_menu.rows(v, mine))
    if mine.role is Role.COORDINATOR:
        rows.append((Button(v.plain("➕ Invite an animator"), "team:invite:animator"),))
        rows.append((Button(v.plain("➕ Invite a coordinator"), "team:invite:coordinator"),))
        rows += [
            (Button(v.plain("Remove {name}", name=m.contact_id), f"team:remove:{m.contact_id}"),)
            for m, _ in everyone
            if m.contact_id != mine.contact_id
        ]
    rows.append((Button(v.plain("Leave the team"), "team:leave"),))
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def choose_centre(v: Voice, centres: Sequence[Centre]) -> Message:
    """Ask for which centre the invited animator works."""
    rows = [(Button(c.name.told(v.language).text, f"team:centre:{c.id}"),) for c in centres]
    rows.append((Button(v.plain("All centres"), "team:centre:"),))
    return Message(v.say("For which centre?"), buttons=tuple(rows))


def invitation(v: Voice, link: str) -> Message:
    """Hand over a start link that works once."""
    lines = [
        v.say("Send this link to the person. It works <b>once</b>, for 24 hours:"),
        Markup("{}").format(link),
    ]
    return Message(Markup("\n").join(lines))


def confirm_removal(v: Voice, name: str) -> Message:
    """Ask before a person loses their role."""
    yes = Button(v.plain("Yes, remove {name}", name=name), f"team:removed:{name}")
    return Message(
        v.say("Remove {name} from the team? It takes effect at once.", name=name),
        buttons=((yes, Button(v.plain("Cancel"), "team:page")),),
    )


def confirm_leaving(v: Voice) -> Message:
    """Ask before somebody leaves the team."""
    return Message(
        v.say("Leave the team? You then need a new invitation to come back."),
        buttons=(
            (Button(v.plain("Yes, leave"), "team:left"), Button(v.plain("Cancel"), "team:page")),
        ),
    )


def removed(v: Voice, name: str) -> Message:
    """Confirm a removal."""
    return Message(v.say("✓ {name} no longer belongs to the team.", name=name))


def left(v: Voice) -> Message:
    """Say goodbye and take the team's keys away."""
    return Message(v.say("✓ You have left the team. Thank you for your work!"), keys=menu.keys(v))


def last_coordinator(v: Voice) -> Message:
    """Refuse to leave a town without anybody in charge."""
    return Message(v.say("You are the last coordinator. Invite another one first."))


def used(v: Voice, role_name: Role) -> Message:
    """Tell coordinators that an invitation was used, so that a stolen one is noticed."""
    text = (
        v.say(
            "👥 Somebody used an invitation and is now a coordinator. Was that expected? See the team."
        )
        if role_name is Role.COORDINATOR
        else v.say(
            "👥 Somebody used an invitation and is now an animator. Was that expected? See the team."
        )
    )
    return Message(text, buttons=((Button(v.plain("👥 Team"), "team:page"),),))


def _member(v: Voice, member: Staff, centre: str, *, me: bool) -> Markup:
    title = v.plain("coordinator") if member.role is Role.COORDINATOR else v.plain("animator")
    line = Markup("• {} · {}").format(member.contact_id, title)
    if centre:
        line += Markup(" · {}").format(centre)
    return line + (v.say(" (you)") if me else Markup(""))
