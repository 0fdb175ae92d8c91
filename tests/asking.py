"""A client that counts what a page asks the services for, and in how many steps."""

from kernel.client import Client


class Counting(Client):
    """A client that notes what it is asked, and how often it had nothing in flight before."""

    def forget(self) -> None:
        self.asked, self.steps, self.flying = [], 0, 0

    async def ask(self, message, **options):
        self.asked.append(type(message).__name__)
        self.steps += self.flying == 0
        self.flying += 1
        try:
            return await super().ask(message, **options)
        finally:
            self.flying -= 1
