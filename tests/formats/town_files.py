"""A very small, sound directory to make mistakes in."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "services.yaml": """\
neighbourhoods:
  mett: {fr: Mâche, de: Mett}
places:
  hall:
    name: {fr: Salle, de: Saal}
    street: {fr: Rue 1, de: Gasse 1}
    postcode: "2504"
    city: {fr: Bienne, de: Biel}
    lat: 47.14
    lon: 7.27
    wheelchair: via courtyard
services:
- id: svc-desk
  category: social
  audience: [all]
  neighbourhood: mett
  title: {fr: Guichet, de: Schalter}
  summary: {fr: Aide, de: Hilfe}
  description: {fr: On vous aide., de: Wir helfen.}
  keywords: {fr: [aide], de: [Hilfe]}
  place: hall
  hours:
  - {days: [mo, tu], from: "08:30", to: "24:00"}
  closed_school_holidays: false
  cost: {chf: 2.50, note: {fr: par heure, de: pro Stunde}}
  languages: [fr, de, ti]
  signup: {required: true, channel: desk, note: {fr: ici, de: hier}}
  contact: {phone: +41 32 000 01 01, email: desk@example.org}
  related: [faq-what]
  updated: 2026-09-01
""",
    "activities.yaml": """\
activities:
- id: act-cafe
  category: meeting
  audience: [all]
  ages: {from: 6, to: 99}
  neighbourhood: mett
  title: {fr: Café, de: Kaffee}
  summary: {fr: On boit, de: Wir trinken}
  description: {fr: Un café., de: Ein Kaffee.}
  keywords: {fr: [café], de: [Kafi]}
  place: hall
  schedule:
    first: "2026-08-19"
    start: "09:00"
    end: "11:00"
    timezone: Europe/Zurich
    rrule: FREQ=WEEKLY;BYDAY=WE
    exclude_school_holidays: true
  capacity: 12
  waiting_list: {enabled: true, length: 4}
  cost: {chf: 0, note: {fr: gratuit, de: gratis}}
  animator: Samira K.
  contact: {phone: "117", email: ""}
  updated: 2026-09-01
""",
    "faq.yaml": """\
faq:
- id: faq-what
  category: bot
  question: {fr: Quoi ?, de: Was?}
  answer: {fr: Ceci., de: Das.}
  questions: {fr: [C'est quoi ?], de: [Was ist das?]}
  related: [svc-desk]
  updated: 2026-09-01
""",
    "holidays.yaml": """\
note: invented
school_holidays:
- id: autumn
  name: {fr: Automne, de: Herbst}
  first_day: 2026-09-19
  last_day: 2026-10-11
- id: winter
  name: {fr: Hiver, de: Winter}
  first_day: 2026-12-24
  last_day: 2027-01-10
public_holidays:
- date: 2026-12-25
  name: {fr: Noël, de: Weihnachten}
- date: 2027-01-01
  name: {fr: Nouvel An, de: Neujahr}
""",
    "town.yaml": """\
town: {fr: Bienne, de: Biel}
phone: +41 32 000 00 00
helplines:
- number: 144
  label: {fr: Ambulance, de: Ambulanz}
  hours: {fr: toujours, de: immer}
  checked: 2026-09-01
quiet_hours: {from: "20:00", to: "08:00"}
canton: BE
first_cards: [svc-desk]
centres:
- id: mett
  name: {fr: Mâche, de: Mett}
  place: hall
  neighbourhood: mett
""",
}


def write_town(folder: Path, *, file: str = "", old: str = "", new: str = "") -> Path:
    """Write the town into `folder` with one passage of one file replaced."""
    folder.mkdir(exist_ok=True)
    for name, text in FILES.items():
        assert name != file or old in text
        changed = text.replace(old, new, 1) if name == file else text
        (folder / name).write_text(changed, encoding="utf-8")
    return folder
