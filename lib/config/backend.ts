import { shown } from '../words/shown';
import { isFreeForm } from './schema/backend-keys';
import type { BackendConfiguration } from './configuration';
import { isMapping } from '../system/mapping';
import type { Problem } from './sections/problems';
import type { KeyPath } from './yaml/yaml-places';

const STACK = '{stack}';

interface BackendKind {
  /** Properties of which one tells the states of two stacks apart. */
  readonly state: readonly KeyPath[];
  /** The first of them, where none is given; without it the backend's own default already tells them apart, or none can. */
  readonly defaultState?: string;
  /** Whether one must be given as soon as there are several stacks. */
  readonly isRequired?: boolean;
}

/** CDKTF's property names. Terraform's backends: https://developer.hashicorp.com/terraform/language/backend */
const kinds: Readonly<Record<string, BackendKind>> = {
  // CDKTF's own default is terraform.<stack>.tfstate.
  local: { state: [['path']] },
  azurerm: { state: [['key']], defaultState: `${STACK}.tfstate` },
  s3: { state: [['key']], defaultState: `${STACK}.tfstate` },
  gcs: { state: [['prefix']], defaultState: STACK },
  http: { state: [['address']], isRequired: true },
  pg: { state: [['schemaName']], defaultState: STACK },
  consul: { state: [['path']], defaultState: STACK },
  cos: { state: [['key'], ['prefix']], defaultState: `${STACK}.tfstate` },
  oss: { state: [['key'], ['prefix']], defaultState: `${STACK}.tfstate` },
  remote: { state: [['workspaces', 'name']], defaultState: STACK },
  cloud: { state: [['workspaces', 'name']], defaultState: STACK },
};

/**
 * Names of properties and headers whose value would be a secret in the synthesized files; each property has an environment
 * variable instead. azurerm's clientCertificate holds the private key (a PFX in base64), http's clientCertificatePem does not.
 */
const SECRET =
  /(?:password|secret|secretKey|secretId|accessKey|apiKey|token|encryptionKey|customerKey|clientCertificate|privateKeyPem|httpAuth|authorization|cookie)$/i;
/** Names that end alike and are none. */
const PUBLIC = new Set(['kmsEncryptionKey']);
/** A password in an address or a connection string, a private key, credentials of Google as JSON, the value of a header. */
const EMBEDDED_SECRET =
  /:\/\/[^/?#]*:[^/?#]*@|password\s*=|[?&](?:password|sig|token)=|-----BEGIN [A-Z ]*PRIVATE KEY|"(?:private_key|client_secret|refresh_token)"|^(?:basic|bearer)\s/i;
/** Expressions and directives of Terraform; how CDKTF marks a list and a mapping that only Terraform will know. */
const EXPRESSION = /[$%]\{|[#&]\{TfToken\[/;

interface BackendProblem extends Problem {
  readonly path: KeyPath;
  readonly place: 'key' | 'value';
}

/**
 * What is wrong with a backend whose `type` is known. No message repeats a value but that of the state's own property.
 *
 * @param stacks how many states there will be
 */
export function backendProblems(backend: BackendConfiguration, stacks: number): BackendProblem[] {
  const secrets = keyProblems(backend, []);
  // The same property twice is too much: a secret in an address is said once.
  return [...secrets, ...stateProblems(backend, stacks).filter(({ path }) => !isNamed(secrets, path))];
}

/** The backend with the property that tells states apart filled in. */
export function resolveBackend(backend: BackendConfiguration): BackendConfiguration {
  const kind = kinds[backend.type];
  const [first] = kind?.state ?? [];
  if (kind?.defaultState === undefined || first === undefined) return backend;
  if (kind.state.some((path) => at(backend, path) !== undefined)) return backend;
  const [outer = '', inner] = first;
  const value = inner === undefined ? kind.defaultState : { ...toMapping(backend[outer]), [inner]: kind.defaultState };
  return { ...backend, [outer]: value };
}

/** @param isFree whether a person has chosen the keys, so that their spelling is nobody's business */
function keyProblems(value: unknown, path: KeyPath, isFree = false): BackendProblem[] {
  if (typeof value === 'string') {
    return EMBEDDED_SECRET.test(value) ? [secret(path, 'holds a secret')] : expressionProblems(value, path, 'value');
  }
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => keyProblems(item, [...path, index], isFree));
  }
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const below = [...path, key];
    const camelCase = key.replaceAll(/[-_]+(.)/g, (_, letter: string) => letter.toUpperCase());
    if (SECRET.test(camelCase) && !PUBLIC.has(camelCase)) return [secret(below, 'is a secret')];
    const spelling = isFree || camelCase === key ? [] : [misspelt(below, camelCase)];
    const children = keyProblems(child, below, isFree || isFreeForm(camelCase));
    return [...spelling, ...expressionProblems(key, below, 'key'), ...children];
  });
}

function expressionProblems(text: string, path: KeyPath, place: 'key' | 'value'): BackendProblem[] {
  if (!EXPRESSION.test(text)) return [];
  const message = 'holds an expression (${ or %{) or a CDKTF token; Terraform takes none in a backend';
  const cure = `write the value itself; ${STACK} stands for the name of the stack`;
  return [{ path, place, id: 'backend-expression', message, cure }];
}

function secret(path: KeyPath, why: string): BackendProblem {
  return {
    path,
    place: 'key',
    id: 'backend-secret',
    message: `${String(path.at(-1))} ${why}, which would end up in the synthesized files`,
    cure: 'remove it, and give it to Terraform by the environment variable of the backend',
  };
}

function misspelt(path: KeyPath, camelCase: string): BackendProblem {
  const message = `${String(path.at(-1))} is Terraform's spelling; expected: CDKTF's, in camel case`;
  return { path, place: 'key', id: 'backend-key-spelling', message, cure: `write ${camelCase}` };
}

function stateProblems(backend: BackendConfiguration, stacks: number): BackendProblem[] {
  const kind = kinds[backend.type];
  if (kind === undefined) return [];
  const others = [...(backend.type === 'local' ? localProblems(backend) : []), ...kindProblems(backend, kind)];
  if (stacks < 2 || others.length > 0) return others;
  const given = kind.state.filter((path) => at(backend, path) !== undefined);
  if (given.some((path) => String(at(backend, path)).includes(STACK))) return [];
  const [path = kind.state[0] ?? []] = given;
  if (given.length === 0 && kind.isRequired !== true) return selectorProblems(backend);
  const message = `${String(path.at(-1))} is the same for all of the ${stacks} stacks, which would overwrite each other's state`;
  return [{ path, place: 'value', id: 'backend-state-shared', message, cure: `put ${STACK} into it` }];
}

/** The properties that name the state, where they are no texts. */
function kindProblems(backend: BackendConfiguration, kind: BackendKind): BackendProblem[] {
  return kind.state.flatMap((path): BackendProblem[] => {
    const [outer = ''] = path;
    const isNested = path.length > 1 && backend[outer] !== undefined;
    if (isNested && !isMapping(backend[outer])) return [mistyped([outer], 'a mapping')];
    const value = at(backend, path);
    return value === undefined || (typeof value === 'string' && value !== '') ? [] : [mistyped(path, 'a text')];
  });
}

function mistyped(path: KeyPath, expected: string): BackendProblem {
  const message = `${path.join('.')} is not what it has to be; expected: ${expected}`;
  return { path, place: 'value', id: 'configuration-type', message, cure: `give ${expected}` };
}

function localProblems(backend: BackendConfiguration): BackendProblem[] {
  const foreign = Object.keys(backend).filter((key) => key !== 'type' && key !== 'path');
  const problems = foreign.map((key): BackendProblem => {
    const message = `${shown(key)} is not known to the local backend; allowed: path`;
    return { path: [key], place: 'key', id: 'configuration-key-unknown', message, cure: 'remove the key' };
  });
  const { path } = backend;
  if (typeof path !== 'string' || !/^(?:[/\\]|[A-Za-z]:)/.test(path)) return problems;
  const message = `${shown(path)} is an absolute path, which no other machine has; expected: a relative one`;
  return [...problems, { path: ['path'], place: 'value', id: 'backend-path', message, cure: `write ${STACK}.tfstate` }];
}

/** Workspaces by prefix or tags are selected by a person, not by a stack. */
function selectorProblems(backend: BackendConfiguration): BackendProblem[] {
  const selector = ['prefix', 'tags'].find((key) => at(backend, ['workspaces', key]) !== undefined);
  if (selector === undefined) return [];
  const message = `workspaces.${selector} does not say which workspace is a stack's own; expected: workspaces.name`;
  const cure = `write workspaces.name with ${STACK} in it`;
  return [{ path: ['workspaces', selector], place: 'key', id: 'backend-state-shared', message, cure }];
}

function at(backend: BackendConfiguration, path: KeyPath): unknown {
  return path.reduce<unknown>((value, key) => (isMapping(value) ? value[key] : undefined), backend);
}

function toMapping(value: unknown): Record<string, unknown> {
  return isMapping(value) ? value : {};
}

function isNamed(problems: readonly BackendProblem[], path: KeyPath): boolean {
  return problems.some((problem) => problem.path.join('.') === path.join('.'));
}
