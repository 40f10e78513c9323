import { randomUUID } from 'node:crypto';
import { type EventStore, StreamNotFound } from '../../event-store/event-store.js';
import { parseSignedCheckpoint, type SignedCheckpoint } from '../log/checkpoint.js';
import { parseVkey, type VerifierKey } from '../log/signed-note.js';

/** Every checkpoint that was signed is an event here; it is none of the ledger's own streams. */
export const CHECKPOINTS_STREAM = 'mithaq-checkpoints';
const TYPE = 'CheckpointSigned';

export interface KeptCheckpoint extends SignedCheckpoint {
  /** Of the log, at that time. */
  readonly keys: readonly VerifierKey[];
  /** Of its event. */
  readonly revision: number;
}

interface CheckpointSigned {
  readonly checkpoint: string;
  readonly keys: readonly string[];
}

/**
 * The checkpoints in the store, one after the other. Whoever appends says which was the last, so two who sign at once, from
 * one store, never sign two histories.
 */
export class CheckpointHistory {
  constructor(private readonly store: EventStore) {}

  /** @throws StoreUnavailable */
  async last(): Promise<KeptCheckpoint | undefined> {
    try {
      for await (const event of this.store.readStream(CHECKPOINTS_STREAM, { direction: 'backwards', maxCount: 1 })) {
        const { checkpoint, keys } = event.data as unknown as CheckpointSigned;
        return { ...parseSignedCheckpoint(checkpoint), keys: keys.map(parseVkey), revision: event.revision };
      }
    } catch (error) {
      if (!(error instanceof StreamNotFound)) throw error;
    }
    return undefined;
  }

  /**
   * @param keys vkeys
   * @param after the last one that there was
   * @throws WrongExpectedRevision, where another came after it; StoreUnavailable
   */
  async append(checkpoint: string, keys: readonly string[], after: KeptCheckpoint | undefined): Promise<void> {
    const data: CheckpointSigned = { checkpoint, keys };
    const event = { id: randomUUID(), type: TYPE, data: { ...data }, metadata: {} };
    await this.store.append(CHECKPOINTS_STREAM, [event], after?.revision ?? 'no_stream');
  }
}
