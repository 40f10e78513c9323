import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { Citation, LedgerEvent } from '../../domain/event.js';
import { sha256 } from './bundle.js';

/** A text that the auditor holds. */
interface HeldText {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: Buffer;
}

/**
 * What became of a source's text: the auditor holds it (`held`); holds a file of the source's name that is another text
 * (`differs`); holds none (`missing`); or the source was registered without a hash (`no-hash`).
 */
export type TextState = 'held' | 'differs' | 'missing' | 'no-hash';

export interface CheckedSource {
  readonly sourceId: string;
  readonly state: TextState;
  /** Of the text that was registered; null where none was. */
  readonly sha256: string | null;
  /** The file, where there is one. */
  readonly path: string | null;
}

/** A place that a fact's evidence names, and the lines there; null where they can't be shown. */
export interface CitedLines {
  readonly citation: Citation;
  readonly lines: readonly { readonly number: number; readonly text: string }[] | null;
  /** Why they can't be shown. */
  readonly why: string | null;
}

const RANGES = /^lines? (\d+(?:-\d+)?(?:, \d+(?:-\d+)?)*)(?:, sentences? \d+(?:-\d+)?)?$/;

/** The numbers of the lines that a locator names, such as `lines 3, 7-8; line 20, sentence 1`; undefined where it names others. */
export function linesNamed(locator: string): number[] | undefined {
  const numbers: number[] = [];
  for (const part of locator.split('; ')) {
    const [, ranges] = RANGES.exec(part) ?? [];
    if (ranges === undefined) return undefined;
    for (const range of ranges.split(', ')) {
      const [from, to = from] = range.split('-').map(Number) as [number, number?];
      for (let n = from; n <= to && numbers.length < MAX_LINES; n += 1) numbers.push(n);
    }
  }
  return numbers;
}

const MAX_LINES = 1000;

/** The sources that a ledger names, held against the texts in a directory. */
export class SourceTexts {
  readonly #byHash = new Map<string, HeldText>();
  readonly #byName = new Map<string, HeldText>();
  /** Source → the SHA-256 that it was registered with. */
  readonly #sources = new Map<string, string | null>();

  /** Texts are found by what is in them, whatever they are called. @throws where the directory can't be read */
  static async in(directory: string): Promise<SourceTexts> {
    const texts = new SourceTexts();
    for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const bytes = await readFile(path);
      const text = { path, bytes, sha256: sha256(bytes) };
      texts.#byHash.set(text.sha256, text);
      texts.#byName.set(basename(path, extname(path)), text);
    }
    return texts;
  }

  add({ type, stream, body }: LedgerEvent): void {
    if (type !== 'SourceRegistered') return;
    const { contentSha256 = null } = body.data as { readonly contentSha256?: string };
    this.#sources.set(stream.slice('source-'.length), contentSha256);
  }

  checked(): CheckedSource[] {
    return [...this.#sources].map(([sourceId, registered]) => this.#check(sourceId, registered));
  }

  #check(sourceId: string, registered: string | null): CheckedSource {
    if (registered === null) return { sourceId, state: 'no-hash', sha256: null, path: null };
    const held = this.#byHash.get(registered);
    const named = held ?? this.#byName.get(sourceId);
    const state = held ? 'held' : named ? 'differs' : 'missing';
    return { sourceId, state, sha256: registered, path: named?.path ?? null };
  }

  /** The lines that an event's evidence names. */
  cited({ body }: LedgerEvent): CitedLines[] {
    return body.evidence.map((citation) => {
      const text = this.#byHash.get(this.#sources.get(citation.sourceId) ?? '');
      if (!text) return { citation, lines: null, why: 'its text is not among those that you hold' };
      const numbers = linesNamed(citation.locator);
      if (!numbers) return { citation, lines: null, why: 'the locator names no lines' };
      const lines = text.bytes.toString().split(/\r?\n/);
      const shown = numbers.flatMap((number) => {
        const line = lines[number - 1];
        return line === undefined ? [] : [{ number, text: line }];
      });
      if (shown.length < numbers.length)
        return { citation, lines: null, why: `the text has ${lines.length} lines only` };
      return { citation, lines: shown, why: null };
    });
  }
}
