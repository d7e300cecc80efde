import { Vb365Error } from '../../errors';
import type { Cloud } from '../cloud';
import { type ConsentComparison, isAllRead, judgeConsent, unreadApis } from './judge-consent';
import { Graph } from '../graph';
import { joinGrants, NOTHING_READ, readGrants, type SeenGrants } from './grants';
import type { Network } from '../network';
import { type Check, failedCheck } from '../report';
import type { SignInRequest } from '../sign-in';
import { grantsInTokens } from './token-roles';

/** Who may say what is granted to an application. */
export interface Witnesses {
  /** Gives a token of the account of Terraform for Microsoft Graph; undefined where there is none. Secret. */
  readonly reader: (() => Promise<string>) | undefined;
  /** How the application itself has signed in, and its token for Microsoft Graph; undefined where it has not. Secret. */
  readonly own: { readonly request: SignInRequest; readonly token: string } | undefined;
}

/**
 * What is granted, by whoever may read it: the account of Terraform, else the application itself, else what its tokens say.
 * Each is asked only for what those before it could not tell.
 */
export async function lookAtConsent(
  { clientId, declaration, expected }: Pick<ConsentComparison, 'clientId' | 'declaration' | 'expected'>,
  { own, reader }: Witnesses,
  cloud: Cloud,
  network: Network,
): Promise<Check> {
  const readWith = async (token: string): Promise<SeenGrants> => readGrants(new Graph(cloud, token, network), clientId);
  const looks: ((seen: SeenGrants) => Promise<SeenGrants>)[] = [
    ...(reader === undefined ? [] : [async () => readWith(await reader())]),
    ...(own === undefined ? [] : [() => readWith(own.token)]),
    ...(own === undefined
      ? []
      : [(seen: SeenGrants) => grantsInTokens(own.request, unreadApis(expected, seen), network)]),
  ];
  let seen = NOTHING_READ;
  let failure: Vb365Error | undefined;
  for (const look of looks) {
    if (isAllRead(expected, seen)) break;
    try {
      seen = joinGrants(seen, await look(seen));
    } catch (error) {
      if (!(error instanceof Vb365Error)) throw error;
      failure ??= error;
    }
  }
  if (failure?.code === 'verify-unreachable' && !isAllRead(expected, seen)) {
    return failedCheck('consent', clientId, declaration.name, failure);
  }
  const unread = whyUnread(failure, own !== undefined, reader !== undefined);
  return judgeConsent({ declaration, clientId, expected, seen, unread });
}

/** Directory.Read.All reads all three: app roles, delegated grants and directory roles. */
function whyUnread(
  failure: Vb365Error | undefined,
  hasSignedIn: boolean,
  hasReader: boolean,
): { readonly why: string; readonly cure: string } {
  if (failure !== undefined) return { why: failure.message, cure: failure.cure };
  if (hasReader) {
    return {
      why: 'the account of ARM_CLIENT_ID may not read it',
      cure: 'grant the account of ARM_CLIENT_ID the application permission Directory.Read.All on Microsoft Graph',
    };
  }
  return {
    why: hasSignedIn ? 'the application may not read it' : 'nobody has signed in who could read it',
    cure: 'give the environment of Terraform, ARM_CLIENT_ID and what goes with it, with an account that has Directory.Read.All',
  };
}
