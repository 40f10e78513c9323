import { live, lost } from './connection';
import { ledger, queryClient } from './ledger';

/** Whether an answer may change by what is recorded: what was known at a numbered entry never does. */
const isOpen = (params: unknown) => !/^\d+$/.test(String((params as { readonly knownAt?: string }).knownAt ?? ''));

/** Makes the answers on the page be asked for again with each event, from now on. @throws what trying again did not mend */
async function follow(): Promise<void> {
  const { knownAt } = await ledger.get('/v1/relationships', { limit: 1 });
  for await (const { event } of ledger.events({ after: knownAt.position })) {
    live();
    if (event === null) continue;
    void queryClient.invalidateQueries({ predicate: ({ queryKey }) => isOpen(queryKey[1]) });
  }
}

/** How long it is let be, once the client has given up, in milliseconds. */
const AGAIN_MS = 5_000;

/** Follows the ledger as long as the page is there; a ledger that was restored to an earlier state, from its new end. */
export async function followLedger(): Promise<never> {
  for (;;) {
    await follow().catch(lost);
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    void queryClient.invalidateQueries();
  }
}
