import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { openDatabase, sqliteCode, type SqlValue } from '../../src/event-store/embedded/sqlite.js';
import { temporaryLedgers } from './temporary-ledger.js';

describe('SQLite behind its file', () => {
  const newPath = temporaryLedgers();

  test('is durable at every open', () => {
    const path = newPath();
    for (let opening = 0; opening < 2; opening++) {
      const db = openDatabase(path);
      expect(['journal_mode', 'synchronous', 'fullfsync'].map((name) => db.pragma(name))).toEqual(['wal', 2, 1]);
      db.close();
    }
  });

  test('refuses to open what can not be made durable', () => {
    expect(() => openDatabase(':memory:')).toThrow('journal_mode is memory, not wal');
  });

  test('opened read-only neither writes nor checkpoints, nor makes a file', () => {
    const path = newPath();
    expect(() => openDatabase(path, { readonly: true })).toThrow('does not exist');
    const writer = openDatabase(path);
    writer.exec('CREATE TABLE t (a)');
    const reader = openDatabase(path, { readonly: true });
    expect([reader.pragma('query_only'), reader.pragma('wal_autocheckpoint')]).toEqual([1, 0]);
    expect(() => reader.exec('INSERT INTO t VALUES (1)')).toThrow('readonly');
    expect(writer.pragma('wal_autocheckpoint')).toBeGreaterThan(0);
    reader.close();
    writer.close();
  });

  test('touches nothing in a file that is not accepted', () => {
    const path = newPath();
    writeFileSync(path, 'not a database');
    const accept = () => {
      throw new Error('not mine');
    };
    expect(() => openDatabase(path, { accept })).toThrow('not mine');
    expect(readFileSync(path, 'utf8')).toBe('not a database');
  });

  test('gives values back as they were', () => {
    const db = openDatabase(newPath());
    const blob = new Uint8Array([0, 1, 255]);
    const echo = db.prepare('SELECT ? AS a, ? AS b, ? AS c, ? AS d, ? AS e, typeof(?) AS f');
    const values: SqlValue[] = [null, 'نص', 1.5, blob, Number.MAX_SAFE_INTEGER, 1];
    const expected = { a: null, b: 'نص', c: 1.5, d: blob, e: Number.MAX_SAFE_INTEGER, f: 'integer' };
    for (const row of [echo.get(...values), ...echo.all(...values), ...echo.iterate(...values)]) {
      const { d, ...rest } = row as typeof expected;
      expect({ ...rest, d: [...d] }).toEqual({ ...expected, d: [...blob] });
    }
    db.close();
  });

  test.each([[true], [undefined], [{}], ['a\0b'], [2n ** 63n]])('refuses to bind %p', (value) => {
    const db = openDatabase(newPath());
    expect(() => db.prepare('SELECT ?').all(value as SqlValue)).toThrow(/store|64 bits/);
    db.close();
  });

  test('an iteration that is left early does not block the checkpoint', () => {
    const path = newPath();
    const writer = openDatabase(path);
    writer.exec('CREATE TABLE t (a)');
    writer.transaction(() => {
      for (let i = 0; i < 500; i++) writer.prepare('INSERT INTO t VALUES (?)').run(i);
    });
    const reader = openDatabase(path, { readonly: true });
    for (const row of reader.prepare('SELECT a FROM t').iterate<{ a: number }>()) if (row.a === 3) break;
    writer.exec('INSERT INTO t VALUES (501)');
    expect(writer.pragma('wal_checkpoint(TRUNCATE)')).toBe(0);
    reader.close();
    writer.close();
  });

  test('a snapshot sees one state of the file, and lets go of it', () => {
    const path = newPath();
    const writer = openDatabase(path);
    writer.exec('CREATE TABLE t (a)');
    const reader = openDatabase(path, { readonly: true });
    const count = () => reader.prepare('SELECT count(*) AS n FROM t').get<{ n: number }>()!.n;
    const during = reader.snapshot(() => [count(), writer.prepare('INSERT INTO t VALUES (1)').run().changes, count()]);
    expect([...during, count()]).toEqual([0, 1, 0, 1]);
    expect(() =>
      reader.snapshot(() => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(writer.pragma('wal_checkpoint(TRUNCATE)')).toBe(0);
    reader.close();
    writer.close();
  });

  test('rolls back a transaction that throws, and one that is open when it closes', () => {
    const path = newPath();
    const db = openDatabase(path);
    db.exec('CREATE TABLE t (a INTEGER PRIMARY KEY)');
    const insert = () => db.prepare('INSERT INTO t VALUES (1)').run();
    const twice = () => {
      insert();
      insert();
    };
    expect(() => db.transaction(twice)).toThrow('UNIQUE');
    expect(db.prepare('SELECT * FROM t').all()).toEqual([]);
    db.exec('BEGIN IMMEDIATE');
    insert();
    db.close();
    const again = openDatabase(path);
    expect(again.prepare('SELECT * FROM t').all()).toEqual([]);
    again.close();
  });

  test('names SQLite errors, and leaves no WAL behind', () => {
    const path = newPath();
    const db = openDatabase(path);
    db.exec('CREATE TABLE t (a INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)');
    try {
      db.exec('INSERT INTO t VALUES (1)');
    } catch (error) {
      expect(sqliteCode(error)).toBe('SQLITE_CONSTRAINT_PRIMARYKEY');
    }
    expect(sqliteCode(new Error())).toBeUndefined();
    db.close();
    expect(statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
    expect.assertions(3);
  });
});
