/** Values of `errorCode` in Veeam's RESTExceptionInfo that the emulator gives. */
export type RestErrorCode =
  'ResourceAccessDenied' | 'ResourceNotFound' | 'ParameterValidationFailure' | 'OperationConflict' | 'HttpError';

/** An answer of the REST API that is not a success: HTTP status, Veeam's code and a sentence. */
export class RestError extends Error {
  constructor(
    readonly status: number,
    readonly errorCode: RestErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'RestError';
  }

  /** Veeam's RESTExceptionInfo. */
  toBody(): Record<string, unknown> {
    return { message: this.message, errorCode: this.errorCode, stackTrace: null };
  }
}

/** 400: the request says what the product does not take. */
export function invalid(message: string): RestError {
  return new RestError(400, 'ParameterValidationFailure', message);
}

export function notFound(what: string): RestError {
  return new RestError(404, 'ResourceNotFound', `${what} was not found.`);
}

export function unauthorized(message: string): RestError {
  return new RestError(401, 'ResourceAccessDenied', message);
}

export function forbidden(message: string): RestError {
  return new RestError(403, 'ResourceAccessDenied', message);
}
