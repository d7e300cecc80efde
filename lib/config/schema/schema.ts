import { z } from 'zod';
import { parseHostName } from '../../addresses/host-name';
import { parseRedirectUri } from '../../addresses/redirect-uri';
import { holdsToken } from '../../addresses/token';
import { parseUuid } from '../../addresses/uuid';
import { parseWebAddress } from '../../addresses/web-address';
import { purposes as purposeNames, services as serviceNames } from '../../catalogue/permissions';
import { parseProductVersion } from '../../catalogue/product-version';
import { Vb365Error } from '../../errors';
import { list, text } from './fields';
import { parseGrantName } from '../grants';
import { installationInstallSchema, organizationInstallSchema } from './install';
import { policySchema, rolesPolicySchema } from './policy';
import { proxySchema } from './proxy';
import { reviewSchema } from './review';
import { parseDisplayName, parseName } from './values';

const DEFAULT_REST_PORT = 4443;

const name = text(parseName).describe(
  'Unique over installations, organizations and Data Cloud. A folder of the keystore and a stack bear it: a to z, 0 to 9 and hyphens.',
);
const tenantId = text(parseUuid).describe('Id of the Microsoft Entra tenant (directory), a UUID.');
const clientId = text(parseUuid).describe('Application (client) id of an application that is there already, a UUID.');
const displayName = text(parseDisplayName);
const region = z
  .enum(['worldwide', 'us-government', 'us-defence', 'china'])
  .default('worldwide')
  .describe('Cloud of Microsoft 365: us-government is GCC High, us-defence is DoD; GCC is worldwide.');
const deployIdentity = z
  .strictObject({
    clientId: text(parseUuid).describe(
      'Application (client) id of the identity that applies; its service principal is looked up in each tenant.',
    ),
  })
  .optional();
const ownDeployIdentity = deployIdentity.describe('The identity that applies these stacks, where it is another one.');
const services = list(z.enum(serviceNames))
  .min(1)
  .describe('What is protected: Exchange Online, SharePoint Online with OneDrive, Microsoft Teams. No Teams in China.');
const consent = z
  .enum(['same-stack', 'separate-stack', 'none'])
  .optional()
  .describe(
    'Where admin consent is granted. Default: same-stack for an application of the stack, none for an existing one.',
  );
const certificates = policySchema
  .optional()
  .describe('Policy of these certificates, where it differs from the general one.');
const additionalRedirectUris = list(text((uri) => parseRedirectUri(withoutToken(uri), 'spa')))
  .default([])
  .describe('Further redirect URIs of the single-page application, beside the Restore Portal web address.');

const alreadyConsented = list(text(parseGrantName))
  .optional()
  .describe(
    'What has been granted to the existing application: MicrosoftGraph/Directory.Read.All, MicrosoftGraph/delegated for all delegated permissions of an API, Global Reader.',
  );

const application = z
  .strictObject({
    displayName: displayName.optional().describe('Name of the application to create.'),
    clientId: clientId.optional(),
    alreadyConsented,
  })
  .default({})
  .meta({ not: { required: ['displayName', 'clientId'] }, dependentRequired: { alreadyConsented: ['clientId'] } });

const restorePortal = z.strictObject({
  webAddress: text((address) => parseWebAddress(withoutToken(address)).canonical).describe(
    'https://<DNS host name or public IPv4 address>:<port of the REST API>.',
  ),
  application: z
    .strictObject({
      displayName: displayName.optional().describe('Name of the application to create. Default: VB365 Restore Portal.'),
      multiTenant: z
        .boolean()
        .optional()
        .describe('Whether people of other tenants sign in, as with a service provider. Default: false.'),
      clientId: clientId.optional(),
      alreadyConsented,
      additionalRedirectUris,
    })
    .default({ additionalRedirectUris: [] })
    .meta({
      not: { required: ['clientId'], anyOf: [{ required: ['displayName'] }, { required: ['multiTenant'] }] },
      dependentRequired: { alreadyConsented: ['clientId'] },
    }),
  consent,
});

export const installationSchema = z.strictObject({
  name,
  productVersion: text(parseProductVersion).describe('Major and minor number of the build in quotes: "8.3".'),
  tenantId,
  region,
  deployIdentity: ownDeployIdentity,
  server: z
    .strictObject({ hostName: text(parseHostName) })
    .describe('The machine of the Veeam Backup for Microsoft 365 server.'),
  proxies: z.array(proxySchema).default([]).describe('Backup proxies.'),
  restApi: z
    .strictObject({
      hostName: text(parseHostName).optional().describe('Default: that of the server.'),
      port: z.int().min(1).max(65_535).default(DEFAULT_REST_PORT),
    })
    .optional()
    .describe('The REST API service, on the server or on a machine of its own.'),
  restorePortal: restorePortal.optional(),
  authentication: z
    .strictObject({ restoreOperators: z.boolean().default(false), tenants: z.boolean().default(false) })
    .default({ restoreOperators: false, tenants: false })
    .describe('Who signs in with Microsoft credentials.'),
  install: installationInstallSchema.optional(),
  certificates: policySchema.extend({ roles: rolesPolicySchema.optional() }).optional(),
});

export const organizationSchema = z.strictObject({
  name,
  installation: z
    .string()
    .optional()
    .describe('Name of the installation that backs it up; needed where several are declared.'),
  tenantId,
  region,
  deployIdentity: ownDeployIdentity,
  services,
  purposes: list(z.enum(purposeNames))
    .min(1)
    .default(['backup', 'restore'])
    .describe(
      'restore-interactive adds the delegated permissions and public client flows of a restore by device code.',
    ),
  application,
  backupApplications: z
    .array(z.strictObject({ clientId }))
    .default([])
    .describe('Existing auxiliary backup applications.'),
  consent,
  install: organizationInstallSchema.optional(),
  certificates,
});

export const dataCloudSchema = z.strictObject({
  name,
  tenantId,
  region,
  deployIdentity: ownDeployIdentity,
  services,
  application,
  consent,
  certificates,
});

export const backendSchema = z.looseObject({
  type: z.enum(['local', 'azurerm', 's3', 'gcs', 'http', 'pg', 'consul', 'cos', 'oss', 'remote', 'cloud']),
  path: z
    .unknown()
    .optional()
    .describe('local: file of the state, relative to the folder that holds cdktf.out. consul: path of the state.'),
});

export const configurationSchema = z.strictObject({
  keystore: z.string().min(1).default('keystore').describe('Folder of the certificates, relative to this file.'),
  certificates: policySchema.optional().describe('Policy of all certificates.'),
  include: list(z.string().min(1))
    .optional()
    .describe('Further files, relative to this one: paths, or patterns with * and **. Included files include nothing.'),
  installations: z.array(installationSchema).optional(),
  organizations: z.array(organizationSchema).optional(),
  dataCloud: z.array(dataCloudSchema).optional().describe('Organizations that Veeam Data Cloud protects.'),
  deployIdentity: deployIdentity.describe(
    'The identity that applies: it becomes owner of the applications that the stacks create, so that the permission Application.ReadWrite.OwnedBy is enough for it.',
  ),
  review: reviewSchema.optional().describe('How plans are judged by "vb365 review".'),
  backend: backendSchema
    .optional()
    .describe(
      'Where the states are kept, in the property names of CDKTF; {stack} stands for the name of the stack. No secrets, no expressions.',
    ),
});

/** The lists unread, so that one wrong entry keeps nothing else from being looked at. */
const lists = {
  installations: z.array(z.unknown()).optional(),
  organizations: z.array(z.unknown()).optional(),
  dataCloud: z.array(z.unknown()).optional(),
};

/** The main file but for the entries of its lists. */
export const headSchema = configurationSchema
  .omit({ backend: true })
  .extend({ ...lists, backend: z.unknown().optional() });

/** An included file that holds lists; it may hold an {@link organizationSchema organization} instead. */
export const includedSchema = z.strictObject(lists);

export type InstallationInput = z.output<typeof installationSchema>;
export type OrganizationInput = z.output<typeof organizationSchema>;
export type DataCloudInput = z.output<typeof dataCloudSchema>;
export type ApplicationInput = z.output<typeof application>;
export type DeployIdentityInput = z.output<typeof deployIdentity>;
export type HeadInput = z.output<typeof headSchema>;

/** A construct may hand on what Terraform will know; a file cannot. */
function withoutToken(value: string): string {
  if (!holdsToken(value)) return value;
  throw new Vb365Error('configuration-token', {
    message: 'holds a CDKTF token, which means nothing in a file',
    cure: 'write the value itself',
  });
}
