/** An answer of Microsoft Graph that is not a success: HTTP status, Graph's code and a sentence. */
export class GraphError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'GraphError';
  }
}

/** 404, in the shape that the azuread provider retries after creating an object. */
export function notFound(kind: string, id: string): GraphError {
  return new GraphError(
    404,
    'Request_ResourceNotFound',
    `${kind} '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/** 400: the request says what Entra does not take. */
export function badRequest(message: string, code = 'Request_BadRequest'): GraphError {
  return new GraphError(400, code, message);
}

/** 409: a key that must be unique is taken. */
export function conflict(message: string): GraphError {
  return new GraphError(409, 'Request_MultipleObjectsWithSameKeyValue', message);
}
