import { z } from 'zod';
import { parseHostName } from '../../addresses/host-name';
import type { ProxyConfiguration } from '../configuration';
import { type IssueParameters, text } from './fields';
import { isMapping } from '../../system/mapping';

const membershipMissing: IssueParameters = { id: 'configuration-key-missing', cure: 'add membership' };
const membershipOfLinux: IssueParameters = {
  id: 'proxy-membership-linux',
  cure: 'remove membership',
  place: 'key',
};

/** A backup proxy. Not a union by `os`: a wrong one would hide whatever else is wrong. */
export const proxySchema = z
  .strictObject({
    hostName: text(parseHostName),
    os: z.enum(['windows', 'linux']),
    membership: z
      .enum(['workgroup', 'domain'])
      .optional()
      .describe('The server certificate secures the connection to Windows proxies in a workgroup; Linux has none.'),
  })
  .refine(({ os, membership }) => os !== 'windows' || membership !== undefined, {
    when: isOfMapping,
    path: ['membership'],
    message: 'membership is missing; expected: workgroup, domain',
    params: { ...membershipMissing },
  })
  .refine(({ os, membership }) => os !== 'linux' || membership === undefined, {
    when: isOfMapping,
    path: ['membership'],
    message: 'a Linux proxy has no membership: it is reached over SSH, without the server certificate',
    params: { ...membershipOfLinux },
  })
  .transform(({ hostName, os, membership }): ProxyConfiguration => {
    return os === 'windows' && membership !== undefined ? { hostName, os, membership } : { hostName, os: 'linux' };
  })
  .meta({
    if: { properties: { os: { const: 'windows' } } },
    then: { required: ['membership'] },
    else: { not: { required: ['membership'] } },
  });

/** A refinement is worth asking even where single keys of the mapping are wrong. */
function isOfMapping({ value }: { readonly value: unknown }): boolean {
  return isMapping(value);
}
