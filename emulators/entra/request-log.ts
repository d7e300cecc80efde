/** One request that the emulator has received. */
export interface LoggedRequest {
  readonly method: string;
  /** Path with query, as it was sent. */
  readonly path: string;
  /** HTTP status of the answer; undefined before the answer, and where the connection was dropped. */
  readonly status: number | undefined;
  readonly at: Date;
}

/** Every request in the order of arrival, but for those of the emulator's own control routes. */
export class RequestLog {
  #entries: LoggedRequest[] = [];

  /** @returns what to call with the status of the answer. */
  begin(method: string, path: string, at: Date): (status: number) => void {
    const index = this.#entries.push({ method, path, status: undefined, at }) - 1;
    const entries = this.#entries;
    return (status) => {
      entries[index] = { method, path, status, at };
    };
  }

  all(): readonly LoggedRequest[] {
    return [...this.#entries];
  }

  /** @param pattern compared with method and path: `PATCH /v1.0/applications/…`. @default every request */
  count(pattern?: RegExp | string): number {
    if (pattern === undefined) return this.#entries.length;
    const matches = (line: string): boolean =>
      typeof pattern === 'string' ? line.includes(pattern) : line.search(pattern) >= 0;
    return this.#entries.filter(({ method, path }) => matches(`${method} ${path}`)).length;
  }

  clear(): void {
    this.#entries = [];
  }
}
