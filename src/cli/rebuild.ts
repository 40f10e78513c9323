import { setTimeout as delay } from 'node:timers/promises';
import type { Progress } from '../projections/projection-progress.js';
import type { RebuildStatus } from '../projections/rebuild.js';
import { CliError, EXIT } from './exit-codes.js';
import { askServer, problemIn } from './ledger.js';
import { progressOn } from './progress.js';
import { print } from './terminal.js';

/** Between two looks at how far it is, in milliseconds. */
const LOOK_EVERY = 250;

/** What readiness tells. */
type Readiness = Pick<Progress, 'projections'> & { readonly rebuild: RebuildStatus | null };

/** Makes a projection of a running server anew, and waits for its end. @throws CliError */
export async function rebuild(url: string, projection: string): Promise<void> {
  const begun = await askServer(url, `/v1/projections/${encodeURIComponent(projection)}/rebuild`, { method: 'POST' });
  if (!begun.ok) {
    const { detail } = await problemIn(begun);
    throw new CliError(detail, begun.status === 503 ? EXIT.unavailable : EXIT.refused);
  }
  const progress = progressOn(process.stderr);
  let status = (await begun.json()) as RebuildStatus;
  while (status.state === 'running') {
    await delay(LOOK_EVERY);
    const { projections, rebuild } = (await (await askServer(url, '/health/ready')).json()) as Readiness;
    const of = Math.max(...projections.map(({ position }) => position));
    if (!rebuild) throw new CliError('The server was started anew: the old read models answer', EXIT.failed);
    status = rebuild;
    progress.show(() => `${rebuild.position} of ${of} events${rebuild.reason ? `; ${rebuild.reason}` : ''}`);
  }
  progress.end();
  if (status.state === 'failed') throw new CliError(`${projection} is as it was: ${status.reason}`, EXIT.failed);
  print(`${projection} is made anew, up to position ${status.position}`);
}
