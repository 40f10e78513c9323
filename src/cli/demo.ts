import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ReadModels } from '../projections/read-models.js';
import { createServer, listen } from '../server.js';
import { loadSettings } from '../settings.js';
import { LedgerQueries } from '../api/queries/ledger-queries.js';
import type { RelationshipAnswer } from '../api/queries/answers.js';
import { CliError, EXIT } from './exit-codes.js';
import { importFile } from './import-file.js';
import { LocalLedger } from './ledger.js';
import type { RenderOptions } from './render/text.js';
import { renderHistory } from './render/history.js';
import { renderStatus } from './render/status.js';
import { print, terminal } from './terminal.js';

/** The dossier, from the built file's place in the project. */
const DOSSIER = fileURLToPath(new URL('../../../examples/morocco/commands.ndjson', import.meta.url));

/** Views that take longer than this for the dossier stand still. */
const MAX_WAIT_MS = 30_000;

export interface DemoOptions {
  readonly once?: boolean;
  readonly json?: boolean;
  readonly lang: RenderOptions['language'];
}

/** Loads the dossier into a fresh ledger, prints its relationships and their histories, and goes on serving it. */
export async function demo({ once = false, json = false, lang }: DemoOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mithaq-demo-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeFolder);
  const given = loadSettings(process.env);
  // An EventStoreDB is taken as it is; a file of the user's is left alone.
  const store = given.store.includes('://') ? given.store : join(folder, 'ledger.db');
  const settings = { ...given, store, views: join(folder, 'views.db') };
  const app = await createServer(settings, { log: false });
  const ledger = new LocalLedger(app);
  try {
    const refused = join(folder, 'refused.ndjson');
    // In its order, so that the examples of what was known when hold.
    const { examples, recorded, position } = await importFile(ledger, DOSSIER, { refused, inOrder: true });
    if (examples.length > 0) throw new CliError(`The dossier was refused: ${JSON.stringify(examples)}`, EXIT.failed);
    const readModels = app.get(ReadModels, { strict: false });
    if (position !== null && !(await readModels.waitFor(position, MAX_WAIT_MS))) {
      throw new CliError(`The views stand still: ${JSON.stringify(readModels.progress.projections)}`, EXIT.failed);
    }
    const pairs = app
      .get(LedgerQueries, { strict: false })
      .relationships({})
      .items.map(({ pair }) => pair);
    const answers: Record<string, RelationshipAnswer> = {};
    for (const pair of pairs) answers[pair] = await ledger.relationship(pair, {});
    if (json) print(JSON.stringify(answers, null, 2));
    else {
      print(`${recorded} commands recorded from examples/morocco/commands.ndjson\n`);
      for (const pair of pairs) {
        print(renderStatus(answers[pair]!, terminal(lang)));
        print(renderHistory(await ledger.history(pair, {}), terminal(lang)));
      }
    }
  } catch (error) {
    await ledger.close();
    throw error;
  }
  if (once) return ledger.close();
  const url = await listen(app, settings);
  process.stderr.write(
    `Serving this ledger at ${url} (try it at ${url}/docs) until you press Ctrl-C; it is then gone.\n`,
  );
}
