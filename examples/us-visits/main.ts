#!/usr/bin/env node
import { Command } from 'commander';
import { readFileSync, writeFileSync } from 'node:fs';
import { CsvError } from './csv.js';
import { mapFile, type MappedFile, UnknownTable } from './map-file.js';

/** @throws Error that names the file */
function read(path: string): MappedFile {
  try {
    const bytes = readFileSync(path);
    // The hash is of the file's bytes, so they must be those of the text.
    return mapFile(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    const told = error instanceof CsvError || error instanceof UnknownTable || error instanceof TypeError;
    if (told || (error as NodeJS.ErrnoException).code)
      throw new Error(`${path}: ${(error as Error).message}`, { cause: error });
    throw error;
  }
}

function run(paths: readonly string[], { report }: { readonly report?: string }): void {
  const files = paths.map((path) => ({ path, ...read(path) }));
  // A party is registered once, by the first file that names it.
  const lines = new Map(files.flatMap(({ commands }) => commands).map((each) => [each.commandId, each]));
  for (const line of lines.values()) process.stdout.write(`${JSON.stringify(line)}\n`);

  const remarks = files.flatMap(({ kind, remarks: of }) => of.map((each) => ({ file: kind, ...each })));
  const told = remarks.map((each) => `${JSON.stringify(each)}\n`).join('');
  if (report === undefined) process.stderr.write(told);
  else writeFileSync(report, told);
  for (const { path, rows, commands, remarks: of } of files) {
    const count = (outcome: string) => of.filter((each) => each.outcome === outcome).length;
    const visits = commands.filter(({ type }) => type === 'HoldVisit').length;
    const counts = `${visits} visits, ${count('refused')} refused, ${count('possible-duplicate')} possible duplicates`;
    process.stderr.write(`${path}: ${rows} rows: ${counts}\n`);
  }
}

try {
  new Command('us-visits')
    .description('Maps CSV files of visits to and from the United States to commands, one JSON object a line.')
    .argument('<csv...>', 'files of visits by foreign leaders, or of travels abroad; known by their columns')
    .option('--report <file>', 'where to write, one JSON object a line, what was refused and why, and what may be one')
    .action(run)
    .parse();
} catch (error) {
  process.stderr.write(`us-visits: ${(error as Error).message}\n`);
  process.exitCode = 2;
}
