"""Topics of the bank that are offered for a quiz."""

from bot.app.context import Context
from bot.app.messages import TopicOffer


def topic_offers(context: Context) -> tuple[TopicOffer, ...]:
    """Return every topic that has questions, with the number of its questions."""
    pools = ((topic, context.library.pool(topic.id)) for topic in context.library.bank.topics)
    return tuple(TopicOffer(topic.id, topic.title, len(pool)) for topic, pool in pools if pool)
