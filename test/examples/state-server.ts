import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Terraform's `http` backend: a state for each path, which several machines share. */
export class StateServer {
  readonly #server: Server;
  readonly #states = new Map<string, Buffer>();

  static async start(): Promise<StateServer> {
    const server = new StateServer();
    await new Promise<void>((done) => server.#server.listen(0, '127.0.0.1', done));
    return server;
  }

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((done) => {
      this.#server.close(() => {
        done();
      });
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    if (request.method === 'POST') this.#states.set(path, Buffer.concat(chunks));
    const state = this.#states.get(path);
    response.writeHead(state === undefined ? 404 : 200).end(request.method === 'GET' ? state : undefined);
  }
}
