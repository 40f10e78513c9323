import { isSignedByAny, leadsOnFrom, readCheckpoint } from '@mithaq/client';
import { ledger } from './ledger';

/** What this browser keeps of a log: with that the next check is made. */
interface Kept {
  readonly checkpoint: string;
  readonly keys: readonly string[];
}

const KEPT = 'mithaq.log';

/** Null where nothing was kept, or nothing can be. */
function kept(): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
}

/** @returns whether it could */
function keep(what: Kept): boolean {
  try {
    localStorage.setItem(KEPT, JSON.stringify(what));
    return true;
  } catch {
    return false;
  }
}

export const readLogCheckpoint = async (signal: AbortSignal): Promise<string> => {
  const response = await fetch('/tlog/checkpoint', { signal });
  if (!response.ok) throw new Error(`GET /tlog/checkpoint: ${response.status}`);
  return response.text();
};

/** What was found out about a log; null where it could not be, or there was nothing to find it out by. */
export interface LogCheck {
  readonly size: number;
  readonly signature: boolean | null;
  /** Whether the last entry is. */
  readonly included: boolean;
  /** Of what this browser had kept: undefined where that was nothing. */
  readonly before: { readonly size: number; readonly sameKeys: boolean; readonly consistent: boolean } | undefined;
  /** Whether this browser has kept it for the next time. */
  readonly kept: boolean;
}

/**
 * Checks the log as it is now: its checkpoint by the keys, that it leads on from the one that this browser kept, and that
 * its last entry is in it. What holds is kept in place of that.
 * @param keys as the ledger names them; where this browser kept some, those are believed and not these
 */
export async function checkLog(keys: readonly string[], signal: AbortSignal): Promise<LogCheck> {
  const checkpoint = await readLogCheckpoint(signal);
  const now = readCheckpoint(checkpoint);
  if (!now) throw new Error('GET /tlog/checkpoint: no checkpoint');
  const before = kept();
  const believed = before?.keys ?? keys;
  const signature = await isSignedByAny(checkpoint, believed);
  const compared = before ? await compare(before, { checkpoint, keys }, signal) : undefined;
  const inclusion = now.size === 0 ? undefined : await ledger.checkInclusion(String(now.size), believed, { signal });
  const included = inclusion === undefined || (inclusion.leaf && inclusion.root && inclusion.signature !== false);
  const holds = signature !== false && included && (!compared || (compared.sameKeys && compared.consistent));
  return {
    size: now.size,
    signature,
    included,
    before: compared,
    kept: holds && keep({ checkpoint, keys: believed }),
  };
}

async function compare(before: Kept, now: Kept, signal: AbortSignal) {
  const [first, second] = [readCheckpoint(before.checkpoint)?.size ?? 0, readCheckpoint(now.checkpoint)?.size ?? 0];
  const sameKeys = before.keys.every((key) => now.keys.includes(key));
  // A log that has become smaller has no proof to give.
  if (first > second) return { size: first, sameKeys, consistent: false };
  const sizes = { first: String(first), second: String(second) };
  const { hashes } = await ledger.get('/v1/log/consistency', sizes, { signal });
  return { size: first, sameKeys, consistent: await leadsOnFrom(before.checkpoint, now.checkpoint, hashes) };
}
