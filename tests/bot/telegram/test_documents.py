"""Files over HTTP: one's own data as a document, and the course for its owner."""

from __future__ import annotations

import asyncio
import json

from tests.bot.telegram.stage import ANN, Stage, stage
from tests.telegram_server import faults
from tests.telegram_server.refusal import RefusedError

__all__ = ["stage"]


async def test_one_s_own_data_is_a_file_to_keep(stage: Stage) -> None:
    """A JSON document with a formatted caption, before the words; what was typed is in it."""
    await stage.start()
    stage.telegram.user_sends("0.03")
    await stage.hears("1: 0.03")
    stage.telegram.user_sends("/export")
    await stage.hears("1: 0.03", "Yours", "2: your data")
    post = stage.telegram.posts(ANN)[-2]
    assert post.entities[0]["type"] == "bold"
    document = post.message["document"]
    assert document["file_name"] == "my-data.json"
    stored = stage.telegram.files.find(document["file_id"])
    found = json.loads(stage.telegram.files.read(stored))
    assert found["chat"] == ANN
    assert [one["typed"] for one in found["answers"]] == ["0.03"]


async def test_the_file_comes_after_a_restart(stage: Stage) -> None:
    """When the bot was stopped before it could be sent."""
    await stage.start()
    stage.telegram.faults.add("sendDocument", faults.too_many_requests(60))
    stage.telegram.user_sends("/export")
    await stage.until(lambda: not stage.telegram.updates.pending)
    assert stage.store is not None
    async with asyncio.timeout(5):
        while len(await stage.store.outgoing()) < 2:  # noqa: ASYNC110 - nobody announces it
            await asyncio.sleep(0.01)
    await stage.stop()
    await stage.start()
    await stage.hears("Yours", "1: your data")


async def test_a_caption_that_is_not_taken_goes_out_plain(stage: Stage) -> None:
    """The file matters more than how its caption looks."""
    refused = RefusedError(400, "Bad Request: can't parse entities")
    await stage.start()
    stage.telegram.faults.add("sendDocument", faults.Fault(refused))
    stage.telegram.user_sends("/export")
    await stage.hears("Yours", "1: your data")
    assert not stage.telegram.posts(ANN)[-2].entities
