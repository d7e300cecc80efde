import type { Permission } from '../catalogue/permissions';
import type { IEntraApplicationRef } from './application-ref';
import type { KeyCredential, KeyCredentialOptions } from './key-credential';

/** An Entra application, whether this stack owns it or found it. */
export interface IEntraApplication extends IEntraApplicationRef {
  /** Application (client) id. */
  readonly clientId: string;
  /** Object id of the application's service principal in the tenant. */
  readonly servicePrincipalObjectId: string;
  /** What the application asks for at the APIs of Microsoft. */
  readonly permissions: readonly Permission[];
  /** Name of the scope that the application itself exposes; undefined where it exposes none, or where it is not known. */
  readonly scopeName: string | undefined;

  /** Publishes a certificate for sign-in, beside those that are there. */
  addKeyCredential(id: string, options: KeyCredentialOptions): KeyCredential;
}
