import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreUnavailable } from '../../../src/event-store/event-store.js';
import { AppenderThread } from '../../../src/event-store/eventstoredb/appender-thread.js';
import { events } from '../../contract/event-store.contract.js';

const DEADLINE = 10_000;
let folder: string;
let thread: AppenderThread;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mithaq-appender-'));
});
afterEach(async () => {
  await thread.close(DEADLINE);
  rmSync(folder, { recursive: true });
});

/** A thread that dies so often, and what each was given. */
function dying(deaths: number): () => string[] {
  const file = join(folder, 'server');
  writeFileSync(file, `${'x'.repeat(deaths)}\n`);
  thread = new AppenderThread(file, new URL('../children/dying-appender.worker.js', import.meta.url));
  return () => readFileSync(file, 'utf8').split('\n').slice(1, -1);
}

describe('when the thread of the client ends under an append', () => {
  test('it is repeated on another, with the same ids, and answered once', async () => {
    const given = dying(2);
    const [one, two] = [events('A'), events('B')];
    const answers = await Promise.all([
      thread.append('a-1', one, 'no_stream', DEADLINE),
      thread.append('b-1', two, 4, DEADLINE),
    ]);
    expect(answers.map(({ nextExpectedRevision }) => nextExpectedRevision)).toEqual([1, 2]);
    expect(given()).toEqual(Array.from({ length: 3 }, () => `given a-1:${one[0]!.id} b-1:${two[0]!.id}`));
  });

  test('and again and again, what became of it is unknown', async () => {
    const given = dying(5);
    await expect(thread.append('a-1', events('A'), 3, DEADLINE)).rejects.toThrow(/the thread of the client ended/);
    expect(given()).toHaveLength(3);
  });

  test('one that is not safe to repeat is not repeated; the next append is served', async () => {
    const given = dying(1);
    const lost = thread.append('a-1', events('A'), 'any', DEADLINE);
    await expect(lost).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(thread.append('a-1', events('A'), 'any', DEADLINE)).resolves.toMatchObject({ position: '2' });
    expect(given()).toHaveLength(2);
  });
});
