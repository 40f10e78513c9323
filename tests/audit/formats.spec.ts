import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { generateKeyPairSync } from 'node:crypto';
import {
  checkpointText,
  parseCheckpoint,
  parseSignedCheckpoint,
  verifyCheckpoint,
} from '../../src/audit/log/checkpoint.js';
import { entriesIn, entryBundle, InvalidBundle } from '../../src/audit/log/entry-bundle.js';
import { EMPTY_ROOT, type Hash, inclusionProof, leafHash, rootHash } from '../../src/audit/log/merkle.js';
import {
  COSIGNATURE,
  cosign,
  formatNote,
  formatVkey,
  InvalidNote,
  parseNote,
  parseVkey,
  signersOf,
  signText,
  verifierKey,
} from '../../src/audit/log/signed-note.js';
import { nodesOf, type Tile, tileAt, tilePath, tilesBetween } from '../../src/audit/log/tile.js';
import { formatProof, parseProof, verifyProof } from '../../src/audit/log/tlog-proof.js';
import { TreeEdge } from '../../src/audit/log/tree-edge.js';

const pairOf = (name: string, type?: typeof COSIGNATURE) => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { key: verifierKey(name, publicKey, type), privateKey };
};

describe('a signed note', () => {
  // The example of c2sp.org/signed-note.
  const VKEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
  const NOTE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`;

  test('of the specification is verified by the key of the specification', () => {
    const key = parseVkey(VKEY);
    expect(formatVkey(key)).toBe(VKEY);
    expect(signersOf(parseNote(NOTE), [key])).toEqual([key]);
    expect(formatNote(parseNote(NOTE))).toBe(NOTE);
  });

  test('with a bit changed is verified by nobody', () => {
    const key = parseVkey(VKEY);
    const bytes = Buffer.from(NOTE);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const spoilt = Buffer.from(bytes);
      spoilt[bit >> 3]! ^= 1 << (bit & 7);
      const signers = () => signersOf(parseNote(spoilt.toString('utf8')), [key]);
      let found: unknown;
      try {
        found = signers();
      } catch (error) {
        found = error;
      }
      expect(found instanceof InvalidNote || (found as unknown[]).length === 0).toBe(true);
    }
  });

  test('is believed by a key that it knows, and passes over others, of the same name too', () => {
    const [own, other] = [pairOf('example.com/log'), pairOf('example.com/log')];
    const text = 'text\n\nwith an empty line\n';
    const note = { text, signatures: [other, own].map(({ key, privateKey }) => signText(text, key, privateKey)) };
    expect(parseNote(formatNote(note))).toEqual(note);
    expect(signersOf(note, [own.key])).toEqual([own.key]);
    expect(signersOf(note, [pairOf('example.com/log').key])).toEqual([]);
  });

  test('of which a known key’s signature is wrong is not believed at all, however many are right', () => {
    const { key, privateKey } = pairOf('example.com/log');
    const [right, wrong] = ['text\n', 'other\n'].map((text) => signText(text, key, privateKey));
    expect(() => signersOf({ text: 'text\n', signatures: [right!, wrong!] }, [key])).toThrow(/is wrong/);
  });

  test.each([
    ['text\n'],
    ['text\n\n'],
    ['text\n\nnot a signature\n'],
    ['text\n\n— example.com/foo AAAA\n'],
    ['text\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1T'],
    ['a\ttab\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1T\n'],
    ['a half \ud800\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1T\n'],
    [`${'long '.repeat(20_000)}\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1T\n`],
  ])('%j is none', (text) => {
    expect(() => parseNote(text)).toThrow(InvalidNote);
  });

  test.each([
    ['example.com/foo'],
    [VKEY.replace('530d903a', '530d903b')],
    [VKEY.replace('AekyeR', 'BekyeR')],
    [VKEY.slice(0, -4)],
    [`two words${VKEY.slice(15)}`],
  ])('%j is no key', (text) => {
    expect(() => parseVkey(text)).toThrow(InvalidNote);
  });
});

describe('a checkpoint', () => {
  const root = leafHash(Buffer.from('a'));
  const text = checkpointText({ origin: 'example.com/log', size: 1, root });
  const log = pairOf('example.com/log');
  const witnesses = ['w1', 'w2', 'w3'].map((name) => pairOf(`example.com/${name}`, COSIGNATURE));
  const signed = (of: string, ...by: typeof witnesses) =>
    formatNote({
      text: of,
      signatures: [
        signText(of, log.key, log.privateKey),
        ...by.map(({ key, privateKey }) => cosign(of, key, privateKey, new Date('2026-11-25T12:00:00Z'))),
      ],
    });
  const policy = { log: [log.key], witnesses: witnesses.map(({ key }) => key), quorum: 2 };

  test('is three lines', () => {
    expect(text).toBe(`example.com/log\n1\n${root.toString('base64')}\n`);
    expect(parseCheckpoint(`${text}an extension\n`)).toEqual({ origin: 'example.com/log', size: 1, root });
  });

  test('needs the log’s signature and those of k of n witnesses', () => {
    const [w1, w2] = witnesses as [(typeof witnesses)[0], (typeof witnesses)[0]];
    expect(verifyCheckpoint(signed(text, w1, w2), policy)).toMatchObject({ size: 1, root });
    expect(() => verifyCheckpoint(signed(text, w1), policy)).toThrow('1 witnesses of 2');
    expect(() => verifyCheckpoint(signed(text, w1, w1), policy)).toThrow('1 witnesses of 2');
    expect(() => verifyCheckpoint(signed(text, w1, w2), { ...policy, log: [pairOf('example.com/log').key] })).toThrow(
      'not signed by the log',
    );
  });

  test.each([
    ['example.com/log\n01\nAAAA\n'],
    ['example.com/log\n-1\nAAAA\n'],
    ['example.com/log\n1\nAAAA\n'],
    ['example.com/log\n9007199254740993\n'],
    ['\n1\nAAAA\n'],
    [text.slice(0, -1)],
    [text.replace('\n', '\n\n')],
    [`${text}\nafter an empty line\n`],
  ])('%j is none', (other) => {
    expect(() => parseCheckpoint(other)).toThrow(InvalidNote);
  });

  test('is kept beside its note', () => {
    expect(parseSignedCheckpoint(signed(text)).note.text).toBe(text);
  });
});

/** What the tiles of a log hold. */
function keepTiles() {
  const files = new Map<string, Buffer>();
  return {
    files,
    write: (tiles: readonly { tile: Tile; bytes: Buffer }[]) => {
      for (const { tile, bytes } of tiles) files.set(tilePath(tile), bytes);
    },
    read: (tile: Tile) => {
      const bytes = files.get(tilePath(tile));
      if (!bytes) throw new Error(`There is no ${tilePath(tile)}`);
      return bytes;
    },
  };
}

describe('tiles', () => {
  // The example of c2sp.org/tlog-tiles.
  test('of a tree of 70,000 are 273 full and one of 112, one full and one of 17, and one of 1', () => {
    const widths = (level: Tile['level']) =>
      tilesBetween(0, 70_000)
        .filter((tile) => tile.level === level)
        .map(({ width }) => width);
    expect(widths(0)).toEqual([...Array<number>(273).fill(256), 112]);
    expect(widths('entries')).toEqual(widths(0));
    expect(widths(1)).toEqual([256, 17]);
    expect(widths(2)).toEqual([1]);
    expect(widths(3)).toEqual([]);
  });

  test('are at the paths of the specification', () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(tilePath({ level: 'entries', index: 0, width: 17 })).toBe('tile/entries/000.p/17');
  });

  test('are found at their paths, and nothing at others', () => {
    const tiles = fc.record({
      level: fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 63 })),
      index: fc.oneof(fc.nat(), fc.nat(2000)),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(fc.property(tiles, (tile) => expect(tileAt(tilePath(tile))).toEqual(tile)));
    for (const path of [
      'tile/00/000',
      'tile/0/0',
      'tile/0/x000/001',
      'tile/0/000.p/256',
      'tile/0/000.p/0',
      'tile/0/000.p/01',
      'tile/entries/../000',
      'tile/0/001/000',
      'checkpoint',
    ]) {
      expect(tileAt(path)).toBeUndefined();
    }
  });

  test('of entries are read as they were written, and not cut', () => {
    const entries = fc.array(fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)));
    fc.assert(fc.property(entries, (all) => expect(entriesIn(entryBundle(all))).toEqual(all)));
    const bundle = entryBundle([Buffer.from('abc')]);
    for (let length = 1; length < bundle.length; length += 1) {
      expect(() => entriesIn(bundle.subarray(0, length))).toThrow(InvalidBundle);
    }
  });
});

describe('a tree that grows', () => {
  const entries = Array.from({ length: 66_000 }, (_, i) => Buffer.from(String(i)));
  const grow = (edge: TreeEdge, to: number) => entries.slice(edge.size, to).flatMap((entry) => edge.append(entry));

  async function growInSteps(steps: readonly number[]): Promise<void> {
    const kept = keepTiles();
    let edge = new TreeEdge();
    for (const size of steps) {
      kept.write([...grow(edge, size), ...edge.partial()]);
      edge = await TreeEdge.of(size, (tile) => Promise.resolve(kept.read(tile)));
      for (const tile of tilesBetween(0, size)) expect(kept.files.has(tilePath(tile))).toBe(true);
    }
    const size = steps.at(-1)!;
    const whole = new TreeEdge();
    const inOneGo = keepTiles();
    const roots = new Map<number, Hash>();
    for (const step of steps) {
      inOneGo.write(grow(whole, step));
      roots.set(step, await whole.root());
    }
    inOneGo.write(whole.partial());
    expect(await edge.root()).toEqual(await whole.root());
    for (const [path, bytes] of inOneGo.files)
      expect([path, kept.files.get(path)?.equals(bytes)]).toEqual([path, true]);
    // A tree of any size before is in the tiles.
    for (const [before, root] of roots) expect(await rootHash(nodesOf(size, kept.read), before)).toEqual(root);
  }

  test('is the same in one go, in steps, and from its tiles', async () => {
    const sizes = fc.uniqueArray(fc.oneof(fc.nat(1200), fc.constantFrom(255, 256, 512, 1024)), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(sizes, (steps) => growInSteps([...steps].sort((a, b) => a - b))),
      { numRuns: 20 },
    );
  });

  test('is so over more levels than one', () => growInSteps([65_535, 65_793]));

  test('is empty at first', async () => {
    expect(await new TreeEdge().root()).toEqual(EMPTY_ROOT);
    expect(new TreeEdge().partial()).toEqual([]);
  });
});

describe('a proof as a file', () => {
  const entries = Array.from({ length: 300 }, (_, i) => Buffer.from(`entry ${i}`));
  const log = pairOf('example.com/log');
  const policy = { log: [log.key], witnesses: [], quorum: 0 };

  async function proofOf(index: number) {
    const kept = keepTiles();
    const edge = new TreeEdge();
    kept.write(entries.flatMap((entry) => edge.append(entry)));
    kept.write(edge.partial());
    const text = checkpointText({ origin: 'example.com/log', size: 300, root: await edge.root() });
    const checkpoint = formatNote({ text, signatures: [signText(text, log.key, log.privateKey)] });
    return formatProof({ index, hashes: await inclusionProof(nodesOf(300, kept.read), index, 300), checkpoint });
  }

  test('shows an entry to be under a signed checkpoint, and no other entry', async () => {
    const proof = await proofOf(257);
    expect(proof).toMatch(/^c2sp.org\/tlog-proof@v1\nindex 257\n/);
    expect(formatProof(parseProof(proof))).toBe(proof);
    expect(verifyProof(proof, entries[257]!, policy).size).toBe(300);
    expect(() => verifyProof(proof, entries[256]!, policy)).toThrow(InvalidNote);
    expect(verifyProof(proof.replace('index', 'extra AAAA\nindex'), entries[257]!, policy).size).toBe(300);
  });

  test('with a bit changed or an end cut off is not accepted', async () => {
    const proof = Buffer.from(await proofOf(3));
    const accepted = (bytes: Buffer) => {
      try {
        return verifyProof(bytes.toString('utf8'), entries[3]!, policy);
      } catch (error) {
        if (!(error instanceof InvalidNote)) throw error;
        return undefined;
      }
    };
    for (let bit = 0; bit < proof.length * 8; bit += 1) {
      const spoilt = Buffer.from(proof);
      spoilt[bit >> 3]! ^= 1 << (bit & 7);
      expect(accepted(spoilt)).toBeUndefined();
    }
    for (let length = 0; length < proof.length; length += 1)
      expect(accepted(proof.subarray(0, length))).toBeUndefined();
  });
});
