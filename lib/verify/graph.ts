import { z } from 'zod';
import { Vb365Error } from '../errors';
import { type JsonObject, objectOf, objectsOf, textOf } from '../plan/json-values';
import { type Cloud, parseJson } from './cloud';
import type { Network } from './network';

/** Pages of a list that are read at most: a tenant with more applications than a hundred thousand is looked at by name only. */
const MOST_PAGES = 101;

const listSchema = z.looseObject({ value: z.array(z.unknown()) });

/** Microsoft Graph as one account of one tenant sees it. */
export class Graph {
  /** @param token secret */
  constructor(
    private readonly cloud: Cloud,
    private readonly token: string,
    private readonly network: Network,
  ) {}

  /** @returns undefined where there is none @throws Vb365Error `graph-refused`, `verify-unreachable` */
  async find(path: string): Promise<JsonObject | undefined> {
    const { body, status } = await this.#ask('GET', this.#url(path));
    if (status === 404) return undefined;
    return objectOf(this.#read(status, body, path));
  }

  /** All pages of a list. @throws Vb365Error `graph-refused`, `verify-unreachable` */
  async list(path: string): Promise<readonly JsonObject[]> {
    const found: JsonObject[] = [];
    let next: string | undefined = this.#url(path);
    for (let pages = 0; next !== undefined && pages < MOST_PAGES; pages += 1) {
      const { body, status } = await this.#ask('GET', next);
      const page = listSchema.safeParse(this.#read(status, body, path));
      if (!page.success) throw this.#unexpected(status);
      found.push(...objectsOf(page.data.value));
      const link: string | undefined = textOf(page.data['@odata.nextLink']);
      // The token goes to nobody else, whatever an answer says.
      next = link?.startsWith(`${this.cloud.graph}/`) === true ? link : undefined;
    }
    return found;
  }

  /** @throws Vb365Error `graph-refused`, `verify-unreachable` */
  async act(path: string): Promise<void> {
    const { body, status } = await this.#ask('POST', this.#url(path));
    this.#read(status, body, path);
  }

  #url(path: string): string {
    return `${this.cloud.graph}/v1.0${path}`;
  }

  #ask(method: 'GET' | 'POST', url: string): ReturnType<Network['ask']> {
    const headers = { authorization: `Bearer ${this.token}`, accept: 'application/json' };
    return this.network.ask(url, { method, headers });
  }

  #read(status: number, body: string, path: string): unknown {
    if (status === 401 || status === 403) throw refused(path);
    const json = parseJson(body);
    if (status >= 200 && status < 300 && (json !== undefined || body === '')) return json;
    throw this.#unexpected(status);
  }

  #unexpected(status: number): Vb365Error {
    const { host } = new URL(this.cloud.graph);
    return new Vb365Error('verify-unreachable', {
      subject: host,
      message: `${host} answered ${status}, and not as Microsoft Graph does`,
      cure: 'run the command again later, and check which proxy answers in its place',
    });
  }
}

/** `'` is doubled in a text of OData. */
export function quoted(text: string): string {
  return encodeURIComponent(`'${text.replaceAll("'", "''")}'`);
}

function refused(path: string): Vb365Error {
  const [, what = ''] = /^\/([\w/]+?)(?:[?(]|$)/.exec(path) ?? [];
  return new Vb365Error('graph-refused', {
    subject: 'ARM_CLIENT_ID',
    message: `the account of ARM_CLIENT_ID may not ask Microsoft Graph for ${what === '' ? 'this' : what}`,
    cure: 'use the account that applies the stack, or grant it Application.Read.All, Directory.Read.All and RoleManagement.Read.Directory',
  });
}
