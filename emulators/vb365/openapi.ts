import type { FastifyInstance, FastifySchema } from 'fastify';
import document from './openapi.json';

type Path = keyof typeof document.paths;
type Method = 'get' | 'put' | 'post' | 'delete';

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> };
  readonly responses: Readonly<Record<string, { readonly content?: unknown }>>;
}

/** Makes the schemas of the OpenAPI document known to a server, under their names. */
export function addComponentSchemas(server: FastifyInstance): void {
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    server.addSchema({ $id: name, ...withReferences(schema) });
  }
}

/**
 * What the OpenAPI document says of an operation, as Fastify takes it: requests are validated by it, and answers are
 * written by it, so that the emulator can neither take nor say what Veeam's own description does not have.
 */
export function schemaOf(path: Path, method: Method): FastifySchema {
  const operations = new Map<string, Operation>(Object.entries(document.paths[path]));
  const { requestBody, responses } = operations.get(method) ?? { responses: {} };
  const answers = Object.entries(responses).filter(([, answer]) => answer.content !== undefined);
  return {
    ...(requestBody && { body: withReferences({ content: requestBody.content }) }),
    response: Object.fromEntries(answers.map(([status, answer]) => [status, withReferences(bodyOf(answer))])),
  };
}

/** The type of the one body that an answer has. */
function bodyOf({ content }: { readonly content?: unknown }): object {
  const [body] = Object.values(content ?? {}) as readonly { readonly schema: object }[];
  return body?.schema ?? {};
}

/** Fastify names a shared schema by its id alone. */
function withReferences(schema: object): Record<string, unknown> {
  const text = JSON.stringify(schema).replaceAll(/"#\/components\/schemas\/(\w+)"/g, '"$1#"');
  return JSON.parse(text) as Record<string, unknown>;
}
