"""A channel of our own, in place of Microsoft's: signing keys and tokens, the connector, the token service, Graph.

    async with Channel().serving() as channel:
        async with running_bot(database_url, channel):
            mette = channel.persona(person)
            await mette.writes("overblik")
            print(mette.chat[-1].card)

The parts stand in a module each, and keep a log of what the bot did to them.
"""

from tests.channel.channel import Channel, Persona

__all__ = ["Channel", "Persona"]
