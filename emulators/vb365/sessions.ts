import { randomBytes } from 'node:crypto';
import { unauthorized } from './rest-error';

/** Somebody who may sign in to the REST API. */
export interface Account {
  readonly username: string;
  readonly password: string;
  /** A read-only account is refused every change. */
  readonly access: 'administrator' | 'read-only';
}

/** What one sign-in gives. */
export interface Session {
  readonly username: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly issued: Date;
  readonly expires: Date;
  /** A token for browsers is of use together with cookies only. */
  readonly isForBrowsers: boolean;
}

/** Seconds that an access token is valid. */
const DEFAULT_LIFETIME = 3600;

/** Accounts, and who is signed in. */
export class Sessions {
  readonly #accounts = new Map<string, Account>();
  #sessions: Session[] = [];
  /** Seconds that the tokens are valid that are issued from now on. */
  lifetimeSeconds: number;

  constructor(accounts: readonly Account[], lifetimeSeconds = DEFAULT_LIFETIME) {
    for (const account of accounts) this.#accounts.set(account.username.toLowerCase(), account);
    this.lifetimeSeconds = lifetimeSeconds;
  }

  /** Of sessions that have not been closed, expired ones as well. */
  get count(): number {
    return this.#sessions.length;
  }

  /** Adds an account, or replaces the one of that name: Windows does not tell capitals apart. */
  setAccount(account: Account): void {
    this.#accounts.set(account.username.toLowerCase(), account);
  }

  /** @throws RestError 401 */
  signIn(username: string, password: string, at: Date, isForBrowsers: boolean): Session {
    const account = this.#accounts.get(username.toLowerCase());
    if (account?.password !== password) throw unauthorized('The user name or password is incorrect.');
    return this.#open(account.username, at, isForBrowsers);
  }

  /** A refresh token is good for one use. @throws RestError 401 */
  refresh(refreshToken: string, at: Date): Session {
    const session = this.#sessions.find((one) => one.refreshToken === refreshToken);
    if (!session) throw unauthorized('The refresh token is invalid.');
    this.#close(session);
    return this.#open(session.username, at, session.isForBrowsers);
  }

  /** The account that a header `Authorization: Bearer …` stands for. @throws RestError 401 */
  authenticate(authorization: string | undefined, at: Date): Account {
    const session = this.#find(authorization);
    if (!session || session.isForBrowsers) throw unauthorized('Authorization has been denied for this request.');
    if (at >= session.expires) throw unauthorized('The access token has expired.');
    const account = this.#accounts.get(session.username.toLowerCase());
    if (!account) throw unauthorized('The account does not exist any more.');
    return account;
  }

  signOut(authorization: string | undefined): void {
    const session = this.#find(authorization);
    if (session) this.#close(session);
  }

  /** Every access token that was issued so far is refused from now on. */
  expireAll(at: Date): void {
    this.#sessions = this.#sessions.map((session) => ({ ...session, expires: at }));
  }

  #find(authorization: string | undefined): Session | undefined {
    const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
    return this.#sessions.find(({ accessToken }) => accessToken === token);
  }

  #open(username: string, issued: Date, isForBrowsers: boolean): Session {
    const session: Session = {
      username,
      accessToken: randomBytes(32).toString('base64url'),
      refreshToken: randomBytes(32).toString('base64url'),
      issued,
      expires: new Date(issued.getTime() + this.lifetimeSeconds * 1000),
      isForBrowsers,
    };
    this.#sessions.push(session);
    return session;
  }

  #close(closed: Session): void {
    this.#sessions = this.#sessions.filter((session) => session !== closed);
  }
}
