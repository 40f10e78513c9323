import type { Position, StoredEvent } from '../event-store.js';
import { streams } from './definitions.js';
import { setPosition, streamIdentifier, toNative, toUuid } from './fields.js';

const { ReadResp } = streams;

export type ReadAnswer = InstanceType<typeof ReadResp>;

/** EventStoreDB counts time in units of 100 ns. */
const TICKS_PER_MILLISECOND = 10_000n;

/** What is said in the course of a read or a subscription. */
export const answers = {
  event(event: StoredEvent, structuredIds: boolean): ReadAnswer {
    const recorded = setPosition(new ReadResp.ReadEvent.RecordedEvent(), event.position)
      .setId(toUuid(event.id, structuredIds))
      .setStreamIdentifier(streamIdentifier(event.stream))
      .setStreamRevision(String(event.revision))
      .setData(Buffer.from(JSON.stringify(event.data), 'utf8'))
      .setCustomMetadata(Buffer.from(JSON.stringify(event.metadata), 'utf8'));
    recorded
      .getMetadataMap()
      .set('type', event.type)
      .set('content-type', 'application/json')
      .set('created', String(BigInt(Date.parse(event.created)) * TICKS_PER_MILLISECOND));
    const read = new ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(toNative(event.position));
    return new ReadResp().setEvent(read);
  },

  streamNotFound(stream: string): ReadAnswer {
    const notFound = new ReadResp.StreamNotFound().setStreamIdentifier(streamIdentifier(stream));
    return new ReadResp().setStreamNotFound(notFound);
  },

  confirmation(id: string): ReadAnswer {
    return new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId(id));
  },

  caughtUp(): ReadAnswer {
    return new ReadResp().setCaughtUp(new ReadResp.CaughtUp());
  },

  checkpoint(position: Position): ReadAnswer {
    return new ReadResp().setCheckpoint(setPosition(new ReadResp.Checkpoint(), position));
  },
};
