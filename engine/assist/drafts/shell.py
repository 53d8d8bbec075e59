"""What is said around the matter: greeting, empathy, what happens next, closing."""

from __future__ import annotations

from dataclasses import dataclass

from engine.assist.drafts.room import ROOMS
from engine.domain.assist import Emotion, Mood
from engine.domain.channel import Channel
from engine.domain.draft import Tone
from engine.domain.handoff import Polarity, Queue
from engine.languages.draft_phrases import DraftPhrases, Voice, draft_phrases
from engine.languages.registry import profile_for

__all__ = ["Shell", "emotion_of"]

MAX_NAME = 80
SURE = 0.55  # below it, half of the negative moods that are read in the sample's golden messages are none
_UPSET = frozenset({Emotion.ANGER, Emotion.ANXIETY, Emotion.DISAPPOINTMENT})


def emotion_of(mood: Mood) -> Emotion:
    """Return what a reply answers to; what is negative for no clear reason has disappointed somebody."""
    if mood.confidence < SURE:
        return Emotion.NEUTRAL
    if mood.polarity is Polarity.NEGATIVE:
        return mood.emotion if mood.emotion in _UPSET else Emotion.DISAPPOINTMENT
    return Emotion.NEUTRAL if mood.emotion in _UPSET else mood.emotion


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The phrases of one draft; `begun` says that the desk has spoken in this conversation before.

    `name` is the customer's, `agent` that of who signs, both empty if nobody has told. `mild` annoyance is answered to
    by a short apology.
    """

    language: str
    tone: Tone
    channel: Channel
    emotion: Emotion = Emotion.NEUTRAL
    mild: bool = False
    name: str = ""
    agent: str = ""
    begun: bool = False

    @property
    def phrases(self) -> DraftPhrases:
        """The phrases of the language."""
        return draft_phrases(self.language)

    @property
    def voice(self) -> Voice:
        """The phrases of the tone."""
        return self.phrases.voice(self.tone)

    @property
    def greeting(self) -> str:
        """The greeting; none in a chat that is under way."""
        if self.begun and self.channel is not Channel.EMAIL:
            return ""
        name = " ".join(self.name.split())
        return self.voice.named.format(name=name) if 0 < len(name) <= MAX_NAME else self.voice.unnamed

    @property
    def empathy(self) -> str:
        """The words for the mood; thanks for the message only where the conversation begins."""
        idle = self.begun and self.emotion in {Emotion.NEUTRAL, Emotion.CONFUSION}
        if idle or not ROOMS[self.channel].courtesy:
            return ""
        if self.mild and self.tone is Tone.FORMAL:
            return self.voice.empathy[Emotion.DISAPPOINTMENT]
        return self.phrases.sorry if self.mild else self.voice.empathy[self.emotion]

    @property
    def invite(self) -> str:
        """That the customer may write again."""
        return self.voice.invite if ROOMS[self.channel].courtesy else ""

    @property
    def closing(self) -> str:
        """The last words, in a letter with the name of who signs."""
        if not ROOMS[self.channel].courtesy:
            return ""
        signed = (self.voice.sign_off, self.agent) if self.channel is Channel.EMAIL else ()
        return "\n".join(filter(None, (self.farewell, *signed)))

    @property
    def farewell(self) -> str:
        """The last sentence."""
        return self.voice.patience if self.emotion in _UPSET else self.voice.closing

    def holding(self, queue: Queue) -> str:
        """Return that the message has come, that there is no sure answer, and who looks into it."""
        return self.voice.holding.format(team=self.phrases.teams[queue])

    def about(self, order: str) -> str:
        """Return what leads over to the matter of an order; empty without one."""
        return self.phrases.about.format(order_number=order) + profile_for(self.language).joiner if order else ""

    def asking(self, question: str) -> str:
        """Return a question with what introduces it."""
        return self.voice.ask + profile_for(self.language).joiner + question
