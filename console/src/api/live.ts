import { live } from './connection';
import { ledger, queryClient } from './ledger';

/** Whether an answer may change by what is recorded: it is of all that is known, whenever that is. */
const isOpen = (params: unknown) => !/^\d+$/.test(String((params as { readonly knownAt?: string }).knownAt ?? ''));

/** Follows the ledger: what is recorded makes the answers on the page be asked for again. Until the signal. */
export async function followLedger(signal: AbortSignal): Promise<void> {
  const { knownAt } = await ledger.get('/v1/relationships', { limit: 1 }, { signal });
  for await (const { event } of ledger.events({ after: knownAt.position }, { signal })) {
    live();
    if (event === null) continue;
    void queryClient.invalidateQueries({ predicate: ({ queryKey }) => isOpen(queryKey[1]) });
  }
}
