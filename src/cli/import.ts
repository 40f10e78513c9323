import { CliError, EXIT } from './exit-codes.js';
import { importFile, type ImportReport } from './import-file.js';
import type { Ledger } from './ledger.js';
import { progressOn } from './progress.js';
import { print } from './terminal.js';

/** How often progress is told where there is no terminal, in milliseconds. */
const TELL_EVERY = 10_000;

/** What a person, or whoever runs it, ends it by. */
export const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export interface ImportArguments {
  readonly refused?: string;
  readonly inOrder?: boolean;
  readonly json?: boolean;
}

/**
 * Imports a file, shows how far it is, and says what became of it. A first signal ends it in good order, a second at
 * once.
 * @throws CliError
 */
export async function importCommands(ledger: Ledger, file: string, options: ImportArguments): Promise<void> {
  await ledger.check();
  const { refused, inOrder, json } = options;
  const progress = progressOn(process.stderr, TELL_EVERY);
  const stopped = new AbortController();
  const stop = () => {
    for (const signal of SIGNALS) process.off(signal, stop);
    stopped.abort(new CliError('Stopped', EXIT.interrupted));
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  const importing = importFile(ledger, file, { refused, inOrder, progress, signal: stopped.signal });
  const report = await importing.finally(() => {
    for (const signal of SIGNALS) process.off(signal, stop);
    progress.end();
  });
  print(json ? JSON.stringify(report, null, 2) : summary(report));
  process.exitCode = exitCode(report);
}

function exitCode({ interrupted, reasons, unknown, refused }: ImportReport): number {
  if (interrupted) return EXIT.interrupted;
  if (reasons['internal']) return EXIT.failed;
  if (unknown > 0) return EXIT.unavailable;
  return refused > 0 ? EXIT.refused : EXIT.ok;
}

function summary(report: ImportReport): string {
  const { recorded, repeated, warnings, refused, unknown, examples } = report;
  const lines = [
    ...examples.map(({ line, reason }) => `line ${line}: refused: ${reason}`),
    ...(refused > examples.length ? [`… ${refused - examples.length} more`] : []),
    `${recorded} recorded, ${repeated} recorded before, ${refused} refused`,
    ...counted('warnings', warnings),
    ...counted('refused', report.reasons),
    ...(report.refusedLines === null
      ? []
      : [
          `The refused lines are in ${report.refusedLines}, to be mended and imported; why, in ${report.refusedReasons}`,
        ]),
    ...(unknown > 0 ? [`Of ${unknown} lines it is not known whether they are recorded: import the file again`] : []),
    ...(report.interrupted ? ['Stopped before the end of the file: import it again to go on'] : []),
  ];
  return lines.join('\n');
}

function counted(what: string, counts: Readonly<Record<string, number>>): string[] {
  const told = Object.entries(counts)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([name, n]) => `${name} ${n}`);
  return told.length > 0 ? [`${what}: ${told.join(', ')}`] : [];
}
