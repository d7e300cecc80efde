import { isObject, type JsonObject, listOf, objectOf, textOf } from './json-values';
import { functionsIn, type PlanParts } from './plan-parts';

/** A file of the configuration that a plan was made of. */
export interface ConfigurationFile {
  /** Its name in the folder: `cdk.tf.json`. */
  readonly name: string;
  readonly text: string;
}

/** Where the state is kept. */
export interface Backend {
  /** `local`, `s3`, `cloud`, … */
  readonly type: string;
  readonly settings: JsonObject;
}

/** What the files of a configuration say, and the JSON of its plan does not. */
export interface WrittenParts {
  readonly backend: Backend | undefined;
  /** What a block `removed` runs: `azuread_application.a (local-exec)`. */
  readonly removedProvisioners: readonly string[];
  /** Files in another language than JSON, or broken: what they say is not known. */
  readonly unread: readonly string[];
}

/** Both together, of the files of one folder. */
export interface ReadConfiguration {
  readonly parts: Pick<PlanParts, 'checks' | 'ephemeral' | 'functions' | 'modules'>;
  readonly written: WrittenParts;
}

/**
 * Reads what files in Terraform's JSON syntax say of who executes: CDKTF writes no others.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function readConfigurationFiles(files: readonly ConfigurationFile[]): ReadConfiguration {
  const read = files.map(({ name, text }) => ({ name, json: name.endsWith('.json') ? parsed(text) : undefined }));
  const roots = read.flatMap(({ json }) => (json === undefined ? [] : [json]));
  const blocks = (name: string, labels: number): Block[] => roots.flatMap((root) => blocksOf(root[name], labels));
  const terraform = blocks('terraform', 0).map(({ body }) => body);
  return {
    parts: {
      checks: blocks('check', 1).map(({ labels }) => ({
        ...{ address: ['check', ...labels].join('.'), kind: 'check', status: '' },
      })),
      ephemeral: blocks('ephemeral', 2).map(({ labels }) => ['ephemeral', ...labels].join('.')),
      functions: functionsIn(roots),
      modules: blocks('module', 1).map(({ body, labels }) => {
        return `${['module', ...labels].join('.')} (${textOf(body.source) ?? 'of an unknown source'})`;
      }),
    },
    written: {
      backend: terraform.flatMap(backendsOf)[0],
      removedProvisioners: blocks('removed', 0).flatMap(({ body }) =>
        blocksOf(body.provisioner, 1).map(({ labels }) => `${textOf(body.from) ?? 'removed'} (${labels.join('.')})`),
      ),
      unread: read.filter(({ json }) => json === undefined).map(({ name }) => name),
    },
  };
}

/** A block: in JSON, each of its labels is a key, and at every level a list may stand for several. */
interface Block {
  readonly labels: readonly string[];
  readonly body: JsonObject;
}

function blocksOf(value: unknown, depth: number, labels: readonly string[] = []): Block[] {
  if (Array.isArray(value)) return listOf(value).flatMap((entry) => blocksOf(entry, depth, labels));
  if (!isObject(value)) return [];
  if (depth === 0) return [{ labels, body: value }];
  return Object.entries(value).flatMap(([label, below]) => blocksOf(below, depth - 1, [...labels, label]));
}

function backendsOf(terraform: JsonObject): Backend[] {
  return [
    ...blocksOf(terraform.backend, 1).map(({ body, labels }) => ({ type: labels.join(), settings: body })),
    ...blocksOf(terraform.cloud, 0).map(({ body }) => ({ type: 'cloud', settings: body })),
  ];
}

function parsed(text: string): JsonObject | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isObject(json) ? objectOf(json) : undefined;
  } catch {
    return undefined;
  }
}
