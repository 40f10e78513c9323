import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import type { WriterData } from '../../../src/event-store/embedded/writer-messages.js';
import { Writer } from '../../../src/event-store/embedded/writer.js';

/*
 * The writer's thread, but it notes the size of each group in `<ledger>.groups`, and dies, once, where `<ledger>.fault`
 * says.
 */
const { path } = workerData as WriterData;
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its `this` below
const write = Writer.prototype.write;

Writer.prototype.write = function (group) {
  appendFileSync(`${path}.groups`, `${group.length}\n`);
  const fault = takeFault();
  if (fault === 'before commit') process.exit(1);
  const outcomes = write.call(this, group);
  if (fault === 'after commit') process.exit(1);
  if (fault === 'exception') throw new Error('an exception of the test');
  return outcomes;
};
await import('../../../src/event-store/embedded/writer.worker.js');

function takeFault(): string | undefined {
  if (!existsSync(`${path}.fault`)) return undefined;
  const fault = readFileSync(`${path}.fault`, 'utf8');
  rmSync(`${path}.fault`);
  return fault;
}
