import { CodedError, type ErrorCode } from '#shared/errors/coded-error.ts';

/** Whether a failed write may have been carried out all the same. */
export type Applied = 'no' | 'unknown';

/** Why an answer was of no use, beside its status. */
export type FailureReason =
  | 'unreachable'
  | 'certificate'
  | 'dropped'
  | 'timeout'
  | 'too_large'
  | 'redirect'
  | 'blocked'
  | 'empty'
  | 'html'
  | 'truncated'
  | 'not_json';

/** What every failed call tells in `CodedError.details`. */
export interface FailureDetails {
  readonly method: string;
  /** Without secrets. */
  readonly path: string;
  readonly status?: number;
  readonly reason?: FailureReason;
  /** The channel's own error code. */
  readonly channelCode?: string;
  /** Nobody could be reached at all: the machine or the shop is offline. */
  readonly network?: true;
  /** Only for writes. */
  readonly applied?: Applied;
  readonly retryAfterMs?: number;
  readonly [extra: string]: unknown;
}

/** The error that a channel put into its answer, in the channel's own words. */
export interface ChannelFault {
  readonly code: string;
  readonly message: string;
  /** Overrides what the status alone would say. */
  readonly kind?: ErrorCode | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/** The details of a failed call; null for any other error. */
export function failureOf(error: unknown): Partial<FailureDetails> | null {
  return error instanceof CodedError ? (error.details ?? {}) : null;
}

const RETRYABLE: ReadonlySet<ErrorCode> = new Set(['CHANNEL_RATE', 'CHANNEL_TRANSIENT']);

export function callFailed(
  code: ErrorCode,
  message: string,
  details: FailureDetails,
  cause?: unknown,
): CodedError {
  return new CodedError(code, message, { ...details }, { retryable: RETRYABLE.has(code), cause });
}

export function codeOfStatus(status: number): ErrorCode {
  switch (status) {
    case 401:
    case 403:
      return 'CHANNEL_AUTH';
    case 404:
    case 410:
      return 'CHANNEL_GONE';
    case 408:
    case 425:
      return 'CHANNEL_TRANSIENT';
    case 409:
      return 'CHANNEL_CONFLICT';
    case 429:
      return 'CHANNEL_RATE';
    case 501:
    case 505:
      return 'CHANNEL_INVALID';
    default:
      if (status >= 500) return 'CHANNEL_TRANSIENT';
      return status >= 400 ? 'CHANNEL_INVALID' : 'CHANNEL_UNKNOWN';
  }
}

/** A refusal came before anything was done; a server that broke down may have been half way. */
export function appliedAfterStatus(status: number): Applied {
  if (status === 408 || status === 425) return 'unknown';
  return status >= 500 && status !== 501 && status !== 505 ? 'unknown' : 'no';
}

export interface NetworkFault {
  readonly reason: FailureReason;
  readonly code: ErrorCode;
  readonly applied: Applied;
  readonly network: boolean;
  /** The system's own code, such as ECONNREFUSED. */
  readonly systemCode: string;
}

/** The connection was never made, so nothing was sent. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Reads what went wrong below HTTP from the error codes of `fetch` and its causes. */
export function networkFault(error: unknown): NetworkFault {
  const codes = errorCodes(error);
  const never = codes.find((code) => NEVER_CONNECTED.has(code));
  if (never) {
    return {
      reason: 'unreachable',
      code: 'CHANNEL_TRANSIENT',
      applied: 'no',
      network: true,
      systemCode: never,
    };
  }
  const certificate = codes.find((code) => /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL/.test(code));
  if (certificate) {
    return {
      reason: 'certificate',
      code: 'CHANNEL_INVALID',
      applied: 'no',
      network: false,
      systemCode: certificate,
    };
  }
  const systemCode = codes[0] ?? 'UNKNOWN';
  return { reason: 'dropped', code: 'CHANNEL_TRANSIENT', applied: 'unknown', network: false, systemCode };
}

/** Codes of an error and of everything it was caused by, outermost first. */
function errorCodes(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 5) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const several = 'errors' in error && Array.isArray(error.errors) ? (error.errors as unknown[]) : [];
  const cause = 'cause' in error ? [error.cause] : [];
  return [...own, ...[...several, ...cause].flatMap((inner) => errorCodes(inner, depth + 1))];
}
