import { setTimeout as wait } from 'node:timers/promises';
import { fastify, type FastifyInstance, type FastifyReply } from 'fastify';
import { ZodError } from 'zod';
import type { ServerCertificate } from '../certificate-authority';
import { Connections } from './connections';
import { controlRoutes } from './control-routes';
import type { FaultInjector, Mishap } from './faults';
import { applicationRoutes } from './graph/application-routes';
import { grantRoutes } from './graph/grant-routes';
import type { GraphDependencies } from './graph/graph-context';
import { GraphError } from './graph-error';
import { servicePrincipalRoutes } from './graph/service-principal-routes';
import { loginRoutes } from './login/login-routes';
import type { LoginDependencies } from './login/token-grants';
import { metadataRoutes } from './metadata-routes';
import type { RequestLog } from './request-log';

export interface ServerDependencies extends GraphDependencies, LoginDependencies {
  readonly certificate: ServerCertificate;
  readonly requests: RequestLog;
  /** Called after every request that may have changed something. */
  readonly onChange: () => void;
}

/** `/applications(appId='…')`, with or without percent-encoding: a router cannot tell it from a name. */
const ALTERNATE_KEY =
  /(\/(?:applications|servicePrincipals))(?:\(|%28)appId(?:=|%3D)(?:'|%27)([0-9a-f-]+)(?:'|%27)(?:\)|%29)/i;

/** All routes on one HTTPS server, not yet listening. */
export function createServer(dependencies: ServerDependencies): FastifyInstance {
  const { certificate, requests, faults, now, url } = dependencies;
  const server: FastifyInstance = fastify({
    https: { key: certificate.privateKeyPem, cert: certificate.certificatePem },
    forceCloseConnections: true,
    rewriteUrl: ({ url: path = '/' }) => path.replace(ALTERNATE_KEY, '$1/appId=$2'),
  });
  const connections = new Connections(server.server);
  readBodies(server);
  logRequests(server, requests, now);

  server.setNotFoundHandler((request, reply) => {
    const message = `the emulator has no route ${request.method} ${request.originalUrl}`;
    return reply.code(501).send({ error: { code: 'NotImplemented', message } });
  });

  metadataRoutes(server, url);
  controlRoutes(server, dependencies);
  server.register((login, _options, done) => {
    login.addHook('onRequest', () => delay(faults));
    loginRoutes(login, dependencies);
    done();
  });
  for (const prefix of ['/v1.0', '/beta']) {
    server.register(
      (graph, _options, done) => {
        graphRoutes(graph, connections, dependencies);
        done();
      },
      { prefix },
    );
  }
  return server;
}

function graphRoutes(graph: FastifyInstance, connections: Connections, dependencies: ServerDependencies): void {
  const { faults, onChange } = dependencies;
  const dropped = new WeakSet<object>();

  graph.setErrorHandler((error, _request, reply) => sendGraphError(error, reply));
  graph.addHook('onRequest', async (request, reply) => {
    await delay(faults);
    const mishap = faults.next();
    if (mishap === 'dropped') dropped.add(request);
    if (mishap === 'reset') {
      reply.hijack();
      connections.reset(request.raw.socket);
      return;
    }
    await answerMishap(mishap, faults, reply);
  });
  graph.addHook('onSend', async (request, reply, payload) => {
    if (request.method !== 'GET') onChange();
    if (dropped.has(request)) {
      reply.hijack();
      request.raw.socket.destroy();
    }
    return Promise.resolve(payload);
  });
  applicationRoutes(graph, dependencies);
  servicePrincipalRoutes(graph, dependencies);
  grantRoutes(graph, dependencies);
}

async function answerMishap(mishap: Mishap, faults: FaultInjector, reply: FastifyReply): Promise<void> {
  if (mishap === 'throttled') {
    const error = new GraphError(429, 'TooManyRequests', 'Too many requests.');
    await sendGraphError(error, reply.header('Retry-After', String(faults.faults.retryAfterSeconds ?? 1)));
  }
  if (mishap === 'failed') {
    await sendGraphError(new GraphError(503, 'ServiceUnavailable', 'The service is temporarily unavailable.'), reply);
  }
}

function sendGraphError(error: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof GraphError) {
    return reply.code(error.status).send({ error: { code: error.code, message: error.message } });
  }
  if (error instanceof ZodError) {
    const message = error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    return reply.code(400).send({ error: { code: 'Request_BadRequest', message } });
  }
  throw error;
}

/** JSON with any parameters, or nothing at all, which the provider sends with the type of JSON too. */
function readBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : JSON.parse(body.toString()));
    } catch {
      done(new GraphError(400, 'BadRequest', 'Unable to read JSON request payload.'));
    }
  });
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(body.toString())));
  });
}

function logRequests(server: FastifyInstance, requests: RequestLog, now: () => Date): void {
  const answered = new WeakMap<object, (status: number) => void>();
  server.addHook('onRequest', (request, _reply, done) => {
    if (!request.originalUrl.startsWith('/_emulator/')) {
      answered.set(request, requests.begin(request.method, request.originalUrl, now()));
    }
    done();
  });
  server.addHook('onSend', (request, reply, payload, done) => {
    answered.get(request)?.(reply.statusCode);
    done(null, payload);
  });
}

async function delay({ faults }: FaultInjector): Promise<void> {
  if (faults.latencyMs !== undefined) await wait(faults.latencyMs);
}
