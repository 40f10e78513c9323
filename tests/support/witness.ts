import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { parseSignedCheckpoint, type SignedCheckpoint } from '../../src/audit/log/checkpoint.js';
import { EMPTY_ROOT, type Tree, verifyConsistency } from '../../src/audit/log/merkle.js';
import {
  cosign,
  COSIGNATURE,
  formatNote,
  formatVkey,
  signersOf,
  verifierKey,
} from '../../src/audit/log/signed-note.js';
import type { VerifierKey } from '../../src/audit/log/signed-note.js';

/** What a witness answers. */
interface Reply {
  readonly status: number;
  readonly body: string;
}

/** A witness as https://c2sp.org/tlog-witness describes one, on loopback. */
export class TestWitness {
  readonly #private = generateKeyPairSync('ed25519').privateKey;
  readonly key = verifierKey('witness.example/w1', createPublicKey(this.#private), COSIGNATURE);
  /** What it saw last. */
  seen: Tree = { size: 0, root: EMPTY_ROOT };
  /** How often it was asked. */
  asked = 0;
  /** Answers instead, where it is set; may never. */
  instead: ((reply: Reply) => Reply | Promise<Reply>) | undefined;
  /** The keys that sign the logs that it knows; undefined: any that a log says are its own. */
  knows: readonly VerifierKey[] | undefined;
  #server = createServer((request, response) => {
    void readText(request)
      .then((body) => this.#answer(request.url, body))
      .then(({ status, body }) => response.writeHead(status).end(body));
  });

  static async start(): Promise<TestWitness> {
    const witness = new TestWitness();
    await new Promise<void>((resolve) => witness.#server.listen(0, '127.0.0.1', resolve));
    return witness;
  }

  get address() {
    const { port } = this.#server.address() as AddressInfo;
    return { key: this.key, url: `http://127.0.0.1:${port}/w1` };
  }

  /** As the setting has it. */
  get setting(): string {
    return `${formatVkey(this.key)} ${this.address.url}/`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #answer(url: string | undefined, body: string): Promise<Reply> {
    this.asked += 1;
    const reply = url === '/w1/add-checkpoint' ? this.#witness(body) : { status: 404, body: url ?? '' };
    return this.instead ? await this.instead(reply) : reply;
  }

  #witness(body: string): Reply {
    const split = body.indexOf('\n\n');
    const [old = '', ...lines] = body.slice(0, split).split('\n');
    const checkpoint = parseSignedCheckpoint(body.slice(split + 2));
    const from = Number(/^old (0|[1-9]\d*)$/.exec(old)?.[1]);
    if (Number.isNaN(from) || lines.length > 63 || from > checkpoint.size) return { status: 400, body: 'bad request' };
    if (this.knows && signersOf(checkpoint.note, this.knows).length === 0) return { status: 403, body: 'unknown key' };
    if (from !== this.seen.size) return { status: 409, body: `${this.seen.size}\n` };
    const proof = lines.map((line) => Buffer.from(line, 'base64'));
    if (!verifyConsistency(this.seen, checkpoint, proof)) return { status: 422, body: 'inconsistent' };
    this.seen = checkpoint;
    return { status: 200, body: this.#sign(checkpoint) };
  }

  #sign({ note: { text } }: SignedCheckpoint): string {
    const signature = cosign(text, this.key, this.#private, new Date());
    return formatNote({ text: '', signatures: [signature] }).slice(1);
  }
}
