import { expect, test } from '@jest/globals';
import { CommandIndex, RecentCommands } from '../../src/commands/command-index.js';

/** Has what it is shown, a step at a time. */
class Lagging extends CommandIndex {
  readonly seen = new Set<string>();
  readonly #steps: readonly string[][];
  #next = 0;

  constructor(...steps: string[][]) {
    super();
    this.#steps = steps;
  }
  find(commandId: string) {
    return this.seen.has(commandId) ? { stream: 'from the index', commandHash: commandId } : undefined;
  }
  known(commandIds: readonly string[]) {
    return commandIds.filter((id) => this.seen.has(id));
  }
  progress(): Promise<boolean> {
    const step = this.#steps[this.#next++];
    step?.forEach((id) => this.seen.add(id));
    return Promise.resolve(step !== undefined);
  }
}

const command = { stream: 'just recorded', commandHash: 'h' };
const filled = (index: CommandIndex, ids: readonly string[], most: number) => {
  const recent = new RecentCommands(index, 2, most);
  for (const id of ids) recent.add(id, command);
  return recent;
};

test('what was just recorded is found before the index has it, and is then found there', () => {
  const index = new Lagging();
  const recent = filled(index, ['a', 'b', 'c'], 100);
  const found = ['a', 'b', 'c', 'd'].map((id) => recent.find(id)?.stream);
  expect(found).toEqual(['just recorded', 'just recorded', 'just recorded', undefined]);
  index.seen.add('a').add('b');
  for (const id of ['d', 'e', 'f', 'g']) recent.add(id, command);
  expect(recent.find('a')?.stream).toBe('from the index');
  expect(recent.find('c')?.stream).toBe(command.stream);
});

test('there is room until the index lags far behind, and again when it has got further', async () => {
  const index = new Lagging(['a'], ['b', 'c']);
  const recent = filled(index, ['a', 'b', 'c'], 3);
  expect(filled(index, ['a', 'b'], 3).room()).toBeUndefined();
  const room = recent.room();
  expect(room).toBeInstanceOf(Promise);
  await room;
  expect(index.seen).toEqual(new Set(['a']));
  expect(recent.room()).toBeUndefined();
});

test('for an index that stands still nobody waits for ever', async () => {
  const recent = filled(new Lagging(), ['a', 'b', 'c'], 2);
  await recent.room();
  expect(recent.find('a')).toEqual(command);
});
