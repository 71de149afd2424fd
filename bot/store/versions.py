"""Every version of a question that could be asked, so that history stays readable when the bank changes."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.base import Base, Instant


class QuestionVersion(Base):
    """One question as it was at one time, as JSON in the bank's own form."""

    __tablename__ = "question_versions"

    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    document: Mapped[str]
    since: Mapped[datetime] = mapped_column(Instant)


class Versions:
    """The versions kept."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, documents: Mapping[str, str], now: datetime) -> None:
        """Keep those of these documents, by fingerprint, that are new."""
        known = set(self._session.scalars(select(QuestionVersion.fingerprint)))
        self._session.add_all(
            QuestionVersion(fingerprint=fingerprint, document=document, since=now)
            for fingerprint, document in documents.items()
            if fingerprint not in known
        )

    def find(self, fingerprint: str) -> str | None:
        """Give the document with this fingerprint, or None."""
        return self._session.scalar(select(QuestionVersion.document).where(QuestionVersion.fingerprint == fingerprint))
