import { redirectPlatformOf } from '../../addresses/redirect-platforms';
import { isObject, type JsonObject } from '../../plan/json-values';
import type { ResourceChange } from '../../plan/plan';

/** Whether a rule can read a value: what is something else than the provider has is not looked at, and must not pass for it. */
type Readable = (value: unknown) => boolean;

const isText: Readable = (value) => typeof value === 'string';
const isTexts: Readable = (value) => Array.isArray(value) && value.every(isText);
const isFlag: Readable = (value) => typeof value === 'boolean';
const isRedirectPlatform: Readable = (value) => redirectPlatformOf(value) !== undefined;

/** What is known of the attributes of a type of resource. A nested attribute is named with its path. */
interface KnownType {
  /** The one that says to which application it belongs; absent where it is one itself. */
  readonly holder?: string;
  /** Others that hold the id of something, which may be made by the same apply. */
  readonly references?: readonly string[];
  /** Those that a rule of their own reads, whatever becomes of them, and what it can read of them. */
  readonly judged: Readonly<Record<string, Readable>>;
  /** Those that are new with every resource: nothing can be said of them at its creation. */
  readonly atCreation?: readonly string[];
  /** Those of which a rule of its own says that they are not known. */
  readonly toldUnknown?: readonly string[];
  /** Those that only the provider sets: before the apply, most are not known. */
  readonly computed: readonly string[];
  /** Those that only people read, and Terraform itself: they decide about nothing. */
  readonly describing?: readonly string[];
  /** Values that an attribute may take whatever it was: they only make the provider more careful. */
  readonly harmless?: Readonly<Record<string, unknown>>;
  /** Values that are as good as none at creation. */
  readonly defaults?: Readonly<Record<string, unknown>>;
}

const CREDENTIAL: Omit<KnownType, 'holder'> = {
  judged: { value: isText, start_date: isText, end_date: isText },
  atCreation: ['application_id', 'key_id', 'service_principal_id'],
  toldUnknown: ['value'],
  computed: ['id'],
  defaults: { encoding: 'pem', type: 'AsymmetricX509Cert' },
};

const DESCRIBING_APPLICATION: readonly string[] = [
  'description',
  'marketing_url',
  'notes',
  'privacy_statement_url',
  'service_management_reference',
  'support_url',
  'tags',
  'terms_of_service_url',
];

const APPLICATION_COMPUTED: readonly string[] = [
  'app_role_ids',
  'client_id',
  'disabled_by_microsoft',
  'id',
  'logo_url',
  'oauth2_permission_scope_ids',
  'object_id',
  'publisher_domain',
];

/**
 * The types of resources that this library makes, and those that stand for the same in Entra. Whatever changes in one of them
 * is told by a rule: by that of the attribute, or by the one about everything else.
 *
 * Source: the schema of azuread 3.7.0.
 */
const TYPES: Readonly<Record<string, KnownType>> = {
  azuread_app_role_assignment: {
    holder: 'principal_object_id',
    references: ['resource_object_id'],
    judged: { app_role_id: isText, principal_object_id: isText, resource_object_id: isText },
    computed: ['id', 'principal_display_name', 'principal_type', 'resource_display_name'],
  },
  azuread_application: {
    judged: {
      display_name: isText,
      fallback_public_client_enabled: isFlag,
      'public_client.redirect_uris': isTexts,
      sign_in_audience: isText,
      'single_page_application.redirect_uris': isTexts,
      'web.redirect_uris': isTexts,
    },
    computed: APPLICATION_COMPUTED,
    describing: [...DESCRIBING_APPLICATION, 'feature_tags', 'logo_image', 'web.homepage_url', 'web.logout_url'],
    harmless: { prevent_duplicate_names: true },
    defaults: { 'api.requested_access_token_version': 1 },
  },
  azuread_application_api_access: {
    holder: 'application_id',
    references: ['api_client_id'],
    judged: { api_client_id: isText, application_id: isText, role_ids: isTexts, scope_ids: isTexts },
    computed: ['id'],
  },
  azuread_application_certificate: { holder: 'application_id', ...CREDENTIAL },
  azuread_application_fallback_public_client: {
    holder: 'application_id',
    judged: { enabled: isFlag },
    atCreation: ['application_id'],
    computed: ['id'],
  },
  azuread_application_identifier_uri: {
    holder: 'application_id',
    references: ['identifier_uri'],
    judged: {},
    atCreation: ['application_id'],
    computed: ['id'],
  },
  azuread_application_redirect_uris: {
    holder: 'application_id',
    judged: { application_id: isText, redirect_uris: isTexts, type: isRedirectPlatform },
    computed: ['id'],
  },
  azuread_application_registration: {
    judged: { display_name: isText, sign_in_audience: isText },
    computed: APPLICATION_COMPUTED,
    describing: [...DESCRIBING_APPLICATION, 'homepage_url', 'logout_url'],
  },
  azuread_directory_role_assignment: {
    holder: 'principal_object_id',
    judged: { principal_object_id: isText, role_id: isText },
    computed: ['id'],
    defaults: { directory_scope_id: '/' },
  },
  azuread_service_principal: {
    holder: 'client_id',
    judged: {},
    atCreation: ['client_id'],
    computed: [
      'app_role_ids',
      'app_roles',
      'application_tenant_id',
      'display_name',
      'homepage_url',
      'id',
      'logout_url',
      'oauth2_permission_scope_ids',
      'oauth2_permission_scopes',
      'object_id',
      'redirect_uris',
      'saml_metadata_url',
      'service_principal_names',
      'sign_in_audience',
      'type',
    ],
    describing: [
      'description',
      'feature_tags',
      'features',
      'notes',
      'notification_email_addresses',
      'tags',
      'use_existing',
    ],
    defaults: { account_enabled: true },
  },
  azuread_service_principal_certificate: { holder: 'service_principal_id', ...CREDENTIAL },
  azuread_service_principal_delegated_permission_grant: {
    holder: 'service_principal_object_id',
    references: ['resource_service_principal_object_id'],
    judged: {
      claim_values: isTexts,
      resource_service_principal_object_id: isText,
      service_principal_object_id: isText,
      user_object_id: isText,
    },
    computed: ['id'],
  },
};

export function knownType({ type }: Pick<ResourceChange, 'type'>): KnownType | undefined {
  return Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
}

/** Whether the rules know what the resource is: one that this library makes, or one that stands for the same in Entra. */
export function isOwnType(resource: Pick<ResourceChange, 'type'>): boolean {
  return knownType(resource) !== undefined;
}

/** Whether a rule of its own reads what an attribute at that path, or above it, has become. */
export function isJudged(path: string, { after, type }: Pick<ResourceChange, 'after' | 'type'>): boolean {
  return Object.entries(knownType({ type })?.judged ?? {}).some(
    ([judged, isReadable]) =>
      (path === judged || path.startsWith(`${judged}.`)) && isReadableAt(after, judged, isReadable),
  );
}

/** A nested block stands as a list of objects. */
function isReadableAt(values: JsonObject, path: string, isReadable: Readable): boolean {
  const [name = '', ...rest] = path.split('.');
  const value = values[name];
  if (value === undefined || value === null) return true;
  if (rest.length === 0) return isReadable(value);
  return (
    Array.isArray(value) && value.every((entry) => isObject(entry) && isReadableAt(entry, rest.join('.'), isReadable))
  );
}
