import { Appender } from './appender.js';
import type { Connect } from './connection.js';

/**
 * The appender of this process. The client keeps the appends of all its instances in one map of the module: when one
 * instance loses its connection it rejects the others' appends too, written or not, and the answers that then come for
 * those end the process. So there is one instance that appends, for all stores of the process that want to.
 */
let shared: { readonly to: string; readonly appender: Appender; users: number } | undefined;

/** @throws Error while the process appends to another EventStoreDB. */
export function acquireAppender(connectionString: string, connect: Connect): Appender {
  shared ??= { to: connectionString, appender: new Appender(connect), users: 0 };
  if (shared.to !== connectionString) throw new Error('A process can append to one EventStoreDB only, and it has one');
  shared.users++;
  return shared.appender;
}

/** Closes it when no other store uses it. */
export async function releaseAppender(deadline: number): Promise<void> {
  if (!shared || --shared.users > 0) return;
  const { appender } = shared;
  await appender.close(deadline);
  if (shared?.appender === appender && shared.users === 0) shared = undefined;
}
