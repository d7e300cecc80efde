import { setTimeout as wait } from 'node:timers/promises';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ZodError } from 'zod';
import type { RequestLog } from '../entra/request-log';
import { backupApplicationRoutes } from './backup-application-routes';
import { controlRoutes } from './control-routes';
import type { FaultInjector, Mishap } from './faults';
import { addComponentSchemas } from './openapi';
import { organizationRoutes, type OrganizationDependencies } from './organization-routes';
import { forbidden, invalid, notFound, RestError } from './rest-error';
import { serviceRoutes, type ServiceFacts } from './service-routes';
import { tokenRoutes, type TokenDependencies } from './token-routes';

export interface ServerDependencies extends TokenDependencies, OrganizationDependencies {
  readonly service: ServiceFacts;
  readonly faults: FaultInjector;
  readonly log: RequestLog;
  /** Resets the connection of a request. */
  readonly reset: (request: FastifyRequest) => void;
}

/** PFX files in base64 are a few kilobytes each. */
const BODY_LIMIT = 1_048_576;

/** All routes; whoever has it listens. */
export function createRoutes(dependencies: ServerDependencies): FastifyInstance {
  const { faults, log, sessions, now } = dependencies;
  const server: FastifyInstance = fastify({
    bodyLimit: BODY_LIMIT,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
  });
  readForms(server);
  server.setErrorHandler((error, _request, reply) => sendError(error, reply));
  server.setNotFoundHandler((request, reply) =>
    sendError(notFound(`The path ${request.method} ${request.url}`), reply),
  );
  addComponentSchemas(server);
  controlRoutes(server, dependencies);

  server.register((rest, _options, done) => {
    logRequests(rest, log, now);
    meetFaults(rest, faults, dependencies);
    tokenRoutes(rest, dependencies);
    rest.register((service, _serviceOptions, ready) => {
      service.addHook('onRequest', (request, _reply, next) => {
        if (request.routeOptions.url !== '/v8/Health') {
          const { access } = sessions.authenticate(request.headers.authorization, now());
          if (access === 'read-only' && request.method !== 'GET') throw forbidden('Access is denied.');
        }
        next();
      });
      serviceRoutes(service, dependencies.service);
      organizationRoutes(service, dependencies);
      backupApplicationRoutes(service, dependencies);
      ready();
    });
    done();
  });
  return server;
}

function meetFaults(rest: FastifyInstance, faults: FaultInjector, { reset, sessions, now }: ServerDependencies): void {
  const dropped = new WeakSet<FastifyRequest>();

  rest.addHook('onRequest', async (request, reply) => {
    const { latencyMs } = faults.faults;
    if (latencyMs !== undefined) await wait(latencyMs);
    const mishap = faults.meet(request.method);
    if (mishap === 'dropped') dropped.add(request);
    if (mishap === 'expired') sessions.expireAll(now());
    if (mishap === 'reset') {
      reply.hijack();
      reset(request);
      return;
    }
    await answerMishap(mishap, faults, reply);
  });

  rest.addHook('onSend', async (request, reply, payload) => {
    if (dropped.has(request)) {
      reply.hijack();
      request.raw.socket.destroy();
    }
    return Promise.resolve(payload);
  });
}

async function answerMishap(mishap: Mishap, { faults }: FaultInjector, reply: FastifyReply): Promise<void> {
  if (mishap === 'throttled') {
    const error = new RestError(429, 'HttpError', 'Too many requests.');
    await sendError(error, reply.header('retry-after', String(faults.retryAfterSeconds ?? 1)));
  }
  if (mishap === 'failed') {
    await sendError(new RestError(faults.failStatus ?? 503, 'HttpError', 'The service is unavailable.'), reply);
  }
}

function logRequests(rest: FastifyInstance, log: RequestLog, now: () => Date): void {
  const answered = new WeakMap<FastifyRequest, (status: number) => void>();
  rest.addHook('onRequest', (request, _reply, done) => {
    answered.set(request, log.begin(request.method, request.originalUrl, now()));
    done();
  });
  rest.addHook('onSend', (request, reply, payload, done) => {
    answered.get(request)?.(reply.statusCode);
    done(null, payload);
  });
}

/** Whatever goes wrong is told as Veeam's RESTExceptionInfo. */
function sendError(error: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof RestError) return reply.code(error.status).send(error.toBody());
  return sendError(isBadInput(error) ? invalid(error.message) : unforeseen(error), reply);
}

/** What Fastify's validation, its parsers or a schema of a route refuse. */
function isBadInput(error: unknown): error is Error {
  if (error instanceof ZodError) return true;
  return error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500;
}

function unforeseen(error: unknown): RestError {
  return new RestError(500, 'HttpError', error instanceof Error ? error.message : String(error));
}

/** A form has texts only, and the API description a truth value. */
function readForms(server: FastifyInstance): void {
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    const form: Record<string, string | boolean> = Object.fromEntries(new URLSearchParams(body.toString()));
    const antiforgery = form.disable_antiforgery_token;
    if (typeof antiforgery === 'string') form.disable_antiforgery_token = antiforgery.toLowerCase() === 'true';
    done(null, form);
  });
}
