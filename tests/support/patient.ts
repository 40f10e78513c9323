import { type Commands, MithaqClient } from '@mithaq/client';
import type { Data } from './ledger.js';

/** A client that sends the same again, soon, until it is answered. */
export class PatientClient extends MithaqClient {
  constructor(url: string) {
    super({ url, retries: Infinity, firstWaitMs: 10, maxWaitMs: 100 });
  }

  /** A command whose data a test writes as it likes. */
  send(command: string, data: Data, commandId?: string) {
    return this.execute(command as keyof Commands, data as never, commandId === undefined ? {} : { commandId });
  }
}
