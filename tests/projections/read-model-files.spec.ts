import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from '../../src/event-store/embedded/sqlite.js';
import { markComplete, ReadModelFiles, ViewsLocked } from '../../src/projections/read-model-files.js';
import { temporaryDirectory } from '../support/server.js';

let directory: string;
let path: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
  path = join(directory, 'views.db');
});
afterEach(() => rm(directory, { recursive: true }));

function write(file: string, content: string, { complete }: { readonly complete: boolean }): void {
  const db = openDatabase(file);
  db.exec('CREATE TABLE content (text TEXT)');
  db.prepare('INSERT INTO content VALUES (?)').run(content);
  if (complete) markComplete(db);
  db.close();
}

function read(file: string): string | undefined {
  const db = openDatabase(file, { readonly: true });
  try {
    return db.prepare('SELECT text FROM content').get<{ text: string }>()?.text;
  } finally {
    db.close();
  }
}

const left = async () => (await readdir(directory)).filter((name) => !/-(wal|shm|journal)$/.test(name)).sort();

test('what is complete takes the place, and after the next start has the name', async () => {
  const files = ReadModelFiles.open(path);
  write(files.live, 'old', { complete: true });
  write(files.beside(), 'new', { complete: true });
  files.swap();
  expect(read(files.live)).toBe('new');
  expect(existsSync(path)).toBe(false);
  files.close();

  const next = ReadModelFiles.open(path);
  expect(next.live).toBe(path);
  expect(read(next.live)).toBe('new');
  expect(await left()).toEqual(['views.db', 'views.db.lock']);
  next.close();
});

test('one after the other, they take turns', () => {
  const files = ReadModelFiles.open(path);
  write(files.live, '1', { complete: true });
  for (const content of ['2', '3', '4']) {
    write(files.beside(), content, { complete: true });
    files.swap();
    expect(read(files.live)).toBe(content);
  }
  files.close();
  const next = ReadModelFiles.open(path);
  expect(read(next.live)).toBe('4');
  next.close();
});

test.each([
  ['complete, and it had not yet taken the place', true, 'new'],
  ['not complete', false, 'old'],
])('a process that ended when the new one was %s', async (_when, complete, expected) => {
  const files = ReadModelFiles.open(path);
  write(files.live, 'old', { complete: true });
  write(files.beside(), 'new', { complete });
  files.close();
  const next = ReadModelFiles.open(path);
  expect(read(next.live)).toBe(expected);
  expect(await left()).toEqual(['views.db', 'views.db.lock']);
  next.close();
});

test('belong to one ledger at a time', () => {
  const files = ReadModelFiles.open(path);
  expect(() => ReadModelFiles.open(path)).toThrow(ViewsLocked);
  files.close();
  ReadModelFiles.open(path).close();
});

test('one that was cut off while it was made is begun anew', async () => {
  const files = ReadModelFiles.open(path);
  write(files.live, 'part', { complete: false });
  files.close();
  ReadModelFiles.open(path).close();
  expect(await left()).toEqual(['views.db.lock']);
});

test('one that a power cut left unreadable is begun anew', async () => {
  await writeFile(path, 'no database'.repeat(1000));
  ReadModelFiles.open(path).close();
  expect(await left()).toEqual(['views.db.lock']);
});
