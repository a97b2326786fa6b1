"""The use cases at hand, one field for each theme."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.asking import Asking
from bot.services.contexts import Contexts
from bot.services.dialogues import Dialogues
from bot.services.directory import DirectoryService
from bot.services.learning import Learning
from bot.services.pointing import Pointing
from bot.services.privacy import Privacy
from bot.services.questions import Questions
from bot.services.residents import Residents
from bot.services.team import Team
from bot.services.town import TownSettings


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a handler may ask for."""

    residents: Residents
    dialogues: Dialogues
    contexts: Contexts
    asking: Asking
    learning: Learning
    questions: Questions
    pointing: Pointing
    team: Team
    privacy: Privacy
    town: TownSettings
    directory: DirectoryService
