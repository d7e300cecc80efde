import { graphErrors } from './named-errors/graph';
import type { NamedError } from './named-errors/named-error';
import { productErrors } from './named-errors/product';

export type { NamedError } from './named-errors/named-error';

/** What these applications and their certificates meet beside codes of the sign-in. */
export const namedErrors: readonly NamedError[] = [...graphErrors, ...productErrors];
