import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A connection, from the client's side and to the server's. */
type Link = readonly [client: Socket, server: Socket];

/** What a hanging proxy still lets through: nothing, or what clients ask, whose answers are then lost. */
export type Hang = 'silent' | 'deaf to answers';

/** Stands between a client and a server, as a network does: it can be away, hang, and come back, on the same port. */
export class TcpProxy {
  readonly #links = new Set<Link>();
  readonly #server: Server;
  #hang: Hang | undefined;

  private constructor(private readonly target: number) {
    this.#server = createServer((client) => this.#accept(client));
  }

  /** @param target the server's port, on loopback */
  static async start(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    await proxy.#listen(0);
    return proxy;
  }

  port = 0;

  /** Breaks all connections and refuses new ones, as where the server's process has ended. */
  async cut(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#breakAll();
    await closed;
  }

  /** Keeps all connections, and takes new ones, but passes nothing on: as a server that is frozen, or gone from the net. */
  hang(how: Hang): void {
    this.#hang = how;
    for (const link of this.#links) this.#pass(link);
  }

  /** All is as before; what was held back is passed on. */
  async restore(): Promise<void> {
    this.#hang = undefined;
    for (const link of this.#links) this.#pass(link);
    if (!this.#server.listening) await this.#listen(this.port);
  }

  /** Breaks all connections, and takes new ones. */
  reset(): void {
    this.#breakAll();
  }

  async close(): Promise<void> {
    if (this.#server.listening) await this.cut();
  }

  async #listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = (this.#server.address() as AddressInfo).port;
  }

  #accept(client: Socket): void {
    const link: Link = [client, connect(this.target, '127.0.0.1')];
    this.#links.add(link);
    for (const socket of link) {
      socket.on('error', () => undefined);
      socket.on('close', () => this.#break(link));
    }
    this.#pass(link);
  }

  #pass([client, server]: Link): void {
    const [asked, answered] = [this.#hang !== 'silent', this.#hang === undefined];
    client.unpipe(server);
    server.unpipe(client);
    if (asked) client.pipe(server);
    if (answered) server.pipe(client);
  }

  #breakAll(): void {
    for (const link of this.#links) this.#break(link);
  }

  #break(link: Link): void {
    this.#links.delete(link);
    for (const socket of link) socket.destroy();
  }
}
