import type { Server, Socket } from 'node:net';

/** TCP connections below TLS: only there can one be reset rather than ended. */
export class Connections {
  readonly #byPort = new Map<number | undefined, Socket>();

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      const { remotePort } = socket;
      this.#byPort.set(remotePort, socket);
      socket.once('close', () => this.#byPort.delete(remotePort));
    });
  }

  /** @param secured the TLS socket of a request */
  reset(secured: Socket): void {
    this.#byPort.get(secured.remotePort)?.resetAndDestroy();
  }
}
