import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { existsSync, readFileSync } from 'node:fs';
import { STANDINGS } from '../domain/values/standing.js';
import { HISTORY_ORDERS } from '../domain/history/entries.js';
import { parseStream, streamName } from '../domain/event.js';
import { ID_PATTERN } from '../domain/shape/rules.js';
import { canonicalPair } from '../domain/values/pair.js';
import { EXPORTS } from '../api/queries/exports.js';
import { SEARCH_KINDS } from '../api/queries/params.js';
import { REVIEW_KINDS } from '../domain/worklists/review.js';
import { DUE_KINDS, DUE_WHENS } from '../domain/worklists/upcoming.js';
import { createServer, listen } from '../server.js';
import { loadSettings, logDirectory, type Settings, SETTINGS, storeLocation } from '../settings.js';
import { checkSources, exportLog, prove, type SourcesOptions, verify, type VerifyOptions } from './audit.js';
import { consume, type ConsumeOptions } from './consume.js';
import { copy } from './copy.js';
import { demo } from './demo.js';
import { CliError, EXIT } from './exit-codes.js';
import { type ImportArguments, importCommands } from './import.js';
import { type Ledger, openLedger, RemoteLedger } from './ledger.js';
import { rebuild } from './rebuild.js';
import { replay, type ReplayOptions } from './replay.js';
import { renderBlame } from './render/blame.js';
import { renderDiff } from './render/diff.js';
import { renderHistory } from './render/history.js';
import { renderRefused } from './render/refused.js';
import { renderSearch } from './render/search.js';
import { renderStatus } from './render/status.js';
import { renderStream } from './render/stream.js';
import { renderLate, renderReview, renderUpcoming } from './render/worklists.js';
import { print, terminal, writeAll } from './terminal.js';

/** Where one serves that was told nothing else. */
const SERVER = 'http://127.0.0.1:3000';

const LANGUAGES = ['ar', 'en', 'fr'] as const;

function pairArgument(text: string): string {
  const pair = canonicalPair(text);
  if (pair === undefined) throw new InvalidArgumentError('It is two party codes joined by -, such as MAR-PAK.');
  return pair;
}

function countArgument(text: string): string {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('It is a number.');
  return text;
}

/** The stream of a record; of a pair, its own. */
function recordArgument(text: string): string {
  const { category, id = '' } = parseStream(text) ?? {};
  if (category !== undefined && category !== 'relationship' && ID_PATTERN.test(id)) return text;
  const pair = canonicalPair(category === undefined ? text : id);
  if (pair !== undefined) return streamName('relationship', pair);
  throw new InvalidArgumentError('It is a pair, such as MAR-PAK, or the stream of a record, such as visit-x.');
}

function storeArgument(text: string): string {
  try {
    return storeLocation(text);
  } catch (error) {
    throw new InvalidArgumentError(`It ${(error as Error).message}.`);
  }
}

interface WhereOptions {
  readonly store?: string;
  readonly views?: string;
  readonly url?: string;
}

interface ShowOptions extends WhereOptions {
  readonly lang: (typeof LANGUAGES)[number];
  readonly json?: boolean;
}

interface AskOptions extends ShowOptions {
  readonly asOf?: string;
  readonly knownAt?: string;
  readonly standing?: string;
  readonly order?: string;
}

/** What part of a list is shown. */
interface ListOptions {
  readonly kind?: string;
  readonly pair?: string;
  readonly party?: string;
  readonly limit?: string;
  readonly cursor?: string;
}

interface DiffOptions {
  readonly from: string;
  readonly to?: string;
  readonly standing?: string;
}

interface SearchOptions extends ShowOptions, ListOptions {}

interface WorklistOptions extends AskOptions, ListOptions {
  readonly within?: string;
  readonly when?: string;
}

/** Options go before the environment. @throws InvalidSettings */
function settingsOf({ store, views }: WhereOptions): Settings {
  return loadSettings({
    ...process.env,
    ...(store !== undefined && { MITHAQ_STORE: store }),
    ...(views !== undefined && { MITHAQ_VIEWS: views }),
  });
}

async function ledgerOf(options: WhereOptions, { create }: { readonly create: boolean }): Promise<Ledger> {
  if (options.url !== undefined) return new RemoteLedger(options.url);
  const settings = settingsOf(options);
  // A question makes no ledger: a path that is mistyped would be answered as an empty one.
  if (!create && !settings.store.includes('://') && !existsSync(settings.store))
    throw new CliError(`There is no ledger at ${settings.store}`, EXIT.refused);
  // A question seals nothing.
  return openLedger(create ? settings : { ...settings, tlog: null });
}

/** Opens the ledger that the options name, asks it, and closes it whatever happens. */
async function withLedger<A>(
  options: WhereOptions,
  how: { readonly create: boolean },
  ask: (ledger: Ledger) => Promise<A>,
): Promise<A> {
  const ledger = await ledgerOf(options, how);
  try {
    return await ask(ledger);
  } finally {
    await ledger.close();
  }
}

const where = (command: Command) =>
  command
    .option('--store <path>', 'the ledger’s file, or an EventStoreDB (MITHAQ_STORE)')
    .option('--views <path>', 'the read models’ file (MITHAQ_VIEWS)')
    .option('--url <url>', 'ask the server that has the ledger open, such as http://127.0.0.1:3000');

const showing = (command: Command) =>
  where(command)
    .option('--json', 'the answer as the REST API gives it')
    .addOption(new Option('--lang <language>', 'names and titles').choices(LANGUAGES).default('en'));

const knowing = (command: Command) =>
  command.option('--known-at <point>', 'as it was known: a position, or a time (RFC 3339)');

const asking = (command: Command) => knowing(showing(command));

const onBothAxes = (command: Command) => axes(showing(command));

const axes = (command: Command) =>
  knowing(command)
    .option('--as-of <day>', 'as it was true on a day, YYYY-MM-DD (default: today, UTC)')
    .addOption(standing());

const standing = () => new Option('--standing <minimum>', 'only facts that stand at least so well').choices(STANDINGS);

const listing = (command: Command) =>
  command
    .option('--pair <pair>', 'only records of this pair', pairArgument)
    .option('--party <code>', 'only records of this party')
    .option('--limit <count>', 'how many, 50 unless told')
    .option('--cursor <cursor>', 'where to go on');

const listParams = ({ kind, pair, party, limit, cursor }: ListOptions) => ({ kind, pair, party, limit, cursor });

const timeParams = ({ asOf, knownAt, standing }: AskOptions) => ({ asOf, knownAt, minimumStanding: standing });

async function show<A>(options: ShowOptions, ask: (ledger: Ledger) => Promise<A>, render: (answer: A) => string) {
  const answer = await withLedger(options, { create: false }, ask);
  print(options.json ? JSON.stringify(answer, null, 2) : render(answer));
}

async function serve(options: WhereOptions & { readonly host?: string; readonly port?: string }): Promise<void> {
  const { host, port } = options;
  const base = settingsOf(options);
  const over = loadSettings({ MITHAQ_HOST: host ?? base.host, MITHAQ_PORT: port ?? String(base.port) });
  const settings = { ...base, host: over.host, port: over.port };
  const app = await createServer(settings);
  const url = await listen(app, settings);
  print(`Mithaq serves the ledger at ${url}, described at ${url}/docs`);
}

/** From the built file's place in the project. */
const PACKAGE = new URL('../../../package.json', import.meta.url);
const { version: VERSION } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };

const HELP = `
Examples:
  mithaq import examples/morocco/commands.ndjson   record a file of commands, one JSON object a line
  zcat facts.ndjson.gz | mithaq import - --refused refused.ndjson
  mithaq status MAR-PAK                            what two parties have with each other today
  mithaq status MAR-PAK --as-of 2024-12-31         what was true then, from all that is known now
  mithaq status MAR-PAK --known-at 12              what the ledger knew when it held 12 events
  mithaq status MAR-PAK --standing reported        leaving out what is only claimed
  mithaq history MAR-PAK --order recorded          how it came to be known, with every correction
  mithaq diff MAR-PAK --from 2024-12-31@12 --to @   what differs: did the world change, or what we know?
  mithaq blame agreement-mar-pak-defence-mou       which event and source each field is from, and what stood before
  mithaq replay MAR-PAK --step                     event by event, with the state after each
  mithaq late --days 365                           what was recorded more than a year after it happened
  mithaq search الرباط --kind place                 any name, title or other text, in any script and spelling
  mithaq review --party PAK                        what to look at: disputes, mere claims, likely duplicates
  mithaq upcoming --within P6M                     what is due, and what is overdue
  mithaq export-csv dyad-years > dyads.csv         a table for statistics
  mithaq show agreement-mar-pak-defence-mou        a stream's events, exactly as recorded
  mithaq consume archive --create --exec './file-it.sh'   run a command for each event, each by one worker of the group
  mithaq export --to bundle                        what is sealed, for an auditor
  mithaq verify bundle --key ledger.vkey           verify it with nothing but the key
  mithaq sources check texts --log bundle --fact visit-x    the very lines that its evidence names
  mithaq rebuild search                            make a read model of a running server anew
  mithaq copy data/ledger.db esdb://127.0.0.1:2113?tls=false   move to EventStoreDB; positions and times are kept

Exit codes: 0 done · 1 a fault of ours · 2 wrong use · 3 not there, or some lines refused · 4 in use, or no answer ·
5 not sound · 130 stopped by Ctrl-C

Settings (environment):
${SETTINGS.map(({ name, default: value, meaning }) => `  ${name.padEnd(22)} ${meaning} [${value}]`).join('\n')}
`;

/** The command line; each command's own --help teaches it. */
export function program(): Command {
  const mithaq = new Command('mithaq')
    .description('An event-sourced ledger of what states agree on and do together, with its evidence.')
    .version(VERSION)
    .addHelpText('after', HELP)
    .exitOverride((error) => {
      throw new CliError('', error.exitCode === 0 ? EXIT.ok : EXIT.usage);
    });

  where(mithaq.command('serve').description('serve the ledger over REST, with OpenAPI at /docs'))
    .option('--host <address>', 'address to listen on (MITHAQ_HOST)')
    .option('--port <port>', 'port to listen on; 0 takes a free one (MITHAQ_PORT)')
    .action(serve);

  where(mithaq.command('import').description('record a file of commands, one JSON object a line; again, it goes on'))
    .argument('<file>', 'lines of {"commandId", "type", "data", "expectedRevision"?}; - for the standard input')
    .option('--refused <path>', 'where lines go that are refused, anew each time (default: FILE.refused.ndjson)')
    .option('--in-order', 'one line after the other, slowly: the ledger’s positions then follow the file’s order')
    .option('--json', 'the report as JSON')
    .action((file: string, options: WhereOptions & ImportArguments) =>
      withLedger(options, { create: true }, (ledger) => importCommands(ledger, file, options)),
    );

  onBothAxes(mithaq.command('status').description('what two parties have with each other'))
    .argument('<pair>', 'two party codes, such as MAR-PAK', pairArgument)
    .action((pair: string, options: AskOptions) =>
      show(
        options,
        (ledger) => ledger.relationship(pair, timeParams(options)),
        (answer) => renderStatus(answer, terminal(options.lang)),
      ),
    );

  onBothAxes(mithaq.command('history').description('how it came to be, event by event'))
    .argument('<pair>', 'two party codes, such as MAR-PAK', pairArgument)
    .addOption(new Option('--order <order>', 'as it happened, or as it came to be known').choices(HISTORY_ORDERS))
    .action((pair: string, options: AskOptions) =>
      show(
        options,
        (ledger) => ledger.history(pair, { ...timeParams(options), order: options.order }),
        (answer) => renderHistory(answer, terminal(options.lang)),
      ),
    );

  showing(
    mithaq
      .command('diff')
      .description('what differs between two points, and whether the world or our knowledge changed'),
  )
    .argument('<pair>', 'two party codes, such as MAR-PAK', pairArgument)
    .requiredOption('--from <point>', 'asOf@knownAt, such as 2024-12-31@12; a half that is left out has its default')
    .option('--to <point>', 'the same (default: @, today and all that is known)')
    .addOption(standing())
    .action((pair: string, options: ShowOptions & DiffOptions) =>
      show(
        options,
        (ledger) => ledger.diff(pair, { from: options.from, to: options.to, minimumStanding: options.standing }),
        (answer) => renderDiff(answer, terminal(options.lang)),
      ),
    );

  onBothAxes(mithaq.command('blame').description('which event and source each field is from, and what stood before'))
    .argument('<record>', 'a pair, such as MAR-PAK, or the stream of a record, such as visit-x', recordArgument)
    .option('--path <pointer>', 'only this field and what is in it: a JSON Pointer such as /signedOn')
    .action((stream: string, options: AskOptions & { readonly path?: string }) =>
      show(
        options,
        (ledger) => ledger.blame(stream, { ...timeParams(options), path: options.path }),
        (answer) => renderBlame(answer, terminal(options.lang)),
      ),
    );

  onBothAxes(mithaq.command('replay').description('how it came to be known, event by event, with the state after each'))
    .argument('<pair>', 'two party codes, such as MAR-PAK', pairArgument)
    .option('--step', 'wait for Enter after each event')
    .action((pair: string, options: AskOptions & ReplayOptions) =>
      withLedger(options, { create: false }, (ledger) =>
        replay(ledger, pair, timeParams(options), options, terminal(options.lang)),
      ),
    );

  showing(
    mithaq.command('refused').description('the commands that were refused lately, the latest first: who, what, why'),
  )
    .option('--limit <count>', 'how many, 50 unless told')
    .option('--before <number>', 'where to go on')
    .action((options: ShowOptions & { readonly limit?: string; readonly before?: string }) =>
      show(options, (ledger) => ledger.refused({ limit: options.limit, before: options.before }), renderRefused),
    );

  listing(onBothAxes(mithaq.command('late').description('what was recorded long after it happened, the newest first')))
    .option('--days <count>', 'more than so many days after (default: 30)')
    .action((options: AskOptions & ListOptions & { readonly days?: string }) => {
      const { kind: _, ...list } = listParams(options);
      return show(
        options,
        (ledger) => ledger.late({ ...timeParams(options), ...list, days: options.days }),
        (answer) => renderLate(answer, terminal(options.lang)),
      );
    });

  listing(onBothAxes(mithaq.command('review').description('what a person should look at, the newest first')))
    .addOption(new Option('--kind <kind>', 'only this').choices(REVIEW_KINDS))
    .action((options: WorklistOptions) =>
      show(
        options,
        (ledger) => ledger.review({ ...timeParams(options), ...listParams(options) }),
        (answer) => renderReview(answer, terminal(options.lang)),
      ),
    );

  listing(onBothAxes(mithaq.command('upcoming').description('what is due, by date, and what was and has no outcome')))
    .option('--within <period>', 'how far ahead: P90D, P2W, P6M, P1Y (default: P90D)')
    .addOption(new Option('--kind <kind>', 'only this').choices(DUE_KINDS))
    .addOption(new Option('--when <when>', 'only what is so on the day').choices(DUE_WHENS))
    .action((options: WorklistOptions) => {
      const { within, when } = options;
      return show(
        options,
        (ledger) => ledger.upcoming({ ...timeParams(options), ...listParams(options), within, when }),
        (answer) => renderUpcoming(answer, terminal(options.lang)),
      );
    });

  axes(where(mithaq.command('export-csv').description('a table for statistics, as CSV')))
    .addArgument(new Argument('<table>', 'its columns are told in docs/exports.md').choices(EXPORTS))
    .action((table: (typeof EXPORTS)[number], options: AskOptions) =>
      withLedger(options, { create: false }, async (ledger) =>
        writeAll(await ledger.exportCsv(table, timeParams(options))),
      ),
    );

  where(mithaq.command('export'))
    .description('write all that is sealed, to be verified by anyone without a server')
    .requiredOption('--to <directory>', 'where there is nothing so far')
    .option('--as-of <day>', 'the day that the views are of, YYYY-MM-DD (default: today, UTC)')
    .action((options: WhereOptions & { readonly to: string; readonly asOf?: string }) => {
      const { url } = options;
      const directory = url === undefined ? logDirectory(settingsOf(options)) : null;
      if (url === undefined && directory === null)
        throw new CliError('This ledger keeps no log (MITHAQ_TLOG)', EXIT.usage);
      const log = directory === null ? { url: url! } : { directory };
      return withLedger(options, { create: false }, (ledger) => exportLog(log, ledger, options));
    });

  const several = (text: string, before: readonly string[]) => [...before, text];
  mithaq
    .command('verify')
    .description('verify an exported ledger, or the log of a server: entries, tree, signatures, schemas')
    .argument('<directory or url>', 'such as bundle/, or http://127.0.0.1:3000')
    .option('--key <vkey>', 'the log’s verifier key, or a file of it; several: any of them', several, [])
    .option('--witness <vkey>', 'a witness’s verifier key, or a file of it; may be repeated', several, [])
    .option('--quorum <count>', 'how many of the witnesses have to have signed', countArgument, '0')
    .option('--since <file>', 'the checkpoint that you kept: what is there now has to begin with it')
    .option('--refold', 'fold the events too, and compare what is told of each relationship')
    .option('--json', 'what was found as JSON')
    .action((what: string, options: VerifyOptions) => verify(what, options));

  mithaq
    .command('sources')
    .description('hold the sources that the ledger registered against texts that you have')
    .command('check')
    .description('whether each text is the one that was registered, by its SHA-256')
    .argument('<directory>', 'with the texts, whatever they are called')
    .option('--log <directory or url>', 'a bundle, or a server (default: what the ledger of the settings has sealed)')
    .option('--fact <stream>', 'show the lines that its evidence names; STREAM@REVISION for one event')
    .option('--json', 'what was found as JSON')
    .action((texts: string, { log, ...options }: SourcesOptions & { readonly log?: string }) => {
      const own = logDirectory(settingsOf({}));
      if (log === undefined && own === null) throw new CliError('This ledger keeps no log (MITHAQ_TLOG)', EXIT.usage);
      return checkSources(texts, log ?? own!, options);
    });

  mithaq
    .command('prove')
    .description('print the proof that an event is in the log of a running server (a C2SP tlog-proof)')
    .argument('<position>', 'of the event in the ledger')
    .option('--url <url>', 'the server', SERVER)
    .action((position: string, { url }: { readonly url: string }) => prove(url, position));

  listing(showing(mithaq.command('search').description('the records that a name, title or other text of theirs finds')))
    .argument('<query>', 'any part of a text; shorter than three letters, the beginning of a word')
    .addOption(new Option('--kind <kind>', 'only about persons or places, or of a category').choices(SEARCH_KINDS))
    .action((q: string, options: SearchOptions) =>
      show(
        options,
        (ledger) => ledger.search({ q, ...listParams(options) }),
        (answer) => renderSearch(answer, terminal(options.lang)),
      ),
    );

  asking(mithaq.command('show').description('a stream’s events, exactly as they were recorded'))
    .argument('<stream>', 'such as agreement-mar-pak-defence-mou')
    .action((stream: string, options: AskOptions) =>
      show(
        options,
        (ledger) => ledger.stream(stream, { knownAt: options.knownAt }),
        (answer) => renderStream(answer, terminal(options.lang)),
      ),
    );

  mithaq
    .command('rebuild')
    .description('make a projection of a running server anew, while the old one answers')
    .argument('<projection>', 'history, and with it all; relationships, search, worklists')
    .option('--url <url>', 'the server', SERVER)
    .action((projection: string, { url }: { readonly url: string }) => rebuild(url, projection));

  mithaq
    .command('consume')
    .description('work for a consumer group of a running server: run a command for each event that it is dealt')
    .argument('<group>', 'its name')
    .requiredOption('--exec <command>', 'gets a CloudEvent as its standard input; 0: handled, else it comes again')
    .option('--create', 'make the group, of all events from the first one on, if there is none of the name')
    .option('--url <url>', 'the server', SERVER)
    .action((group: string, options: ConsumeOptions) => consume(group, options));

  mithaq
    .command('copy')
    .description('copy a ledger to another place, or go on with a copy, and verify that both are the same')
    .argument('<from>', 'the ledger’s file, or an EventStoreDB', storeArgument)
    .argument('<to>', 'a file, made if it is not there, or an EventStoreDB', storeArgument)
    .option('--json', 'the report as JSON')
    .action(copy);

  mithaq
    .command('demo')
    .description('load the Morocco dossier into a fresh ledger, print its relationships, and serve it')
    .option('--once', 'print and end')
    .option('--json', 'what the REST API answers, keyed by pair; with --once nothing else is printed')
    .addOption(new Option('--lang <language>', 'names and titles').choices(LANGUAGES).default('en'))
    .action(demo);

  return mithaq;
}
