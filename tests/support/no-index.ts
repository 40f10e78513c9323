import { CommandIndex } from '../../src/commands/command-index.js';

/** What this process did not record, nobody did. */
export class NoIndex extends CommandIndex {
  find(): undefined {
    return undefined;
  }
  known(): [] {
    return [];
  }
  progress(): Promise<boolean> {
    return Promise.resolve(false);
  }
}
