/**
 * The one error type that crosses a boundary. Text for people is made from the
 * code (renderer/locales, CLI prints `message`); `details` names the thing.
 */
export const ERROR_CODES = [
  'BAD_INPUT',
  'UNKNOWN_METHOD',
  'NOT_FOUND',
  'UNKNOWN_FIELD',
  'READ_ONLY_FIELD',
  'INVALID_VALUE',
  'INVALID_STATE',
  'NOTHING_TO_UNDO',
  'NOTHING_TO_REDO',
  'VIEW_GONE',
  'REPLY_TOO_LARGE',
  'WORKSPACE_IN_USE',
  'WORKSPACE_MISSING',
  'WORKSPACE_EXISTS',
  'WORKSPACE_NEWER',
  'WORKSPACE_CORRUPT',
  'WORKSPACE_UNWRITABLE',
  'DISK_FULL',
  'MIGRATION_FAILED',
  'BACKUP_FAILED',
  'RESTORE_FAILED',
  'FILE_UNREADABLE',
  'FILE_FORMAT',
  'FILE_TOO_LARGE',
  'VAULT_LOCKED',
  'VAULT_CONSENT_REQUIRED',
  'CREDENTIALS_MISSING',
  'INSECURE_URL',
  'CHANNEL_AUTH',
  'CHANNEL_RATE',
  'CHANNEL_TRANSIENT',
  'CHANNEL_INVALID',
  'CHANNEL_CONFLICT',
  'CHANNEL_GONE',
  'CHANNEL_UNKNOWN',
  'CHANNEL_NOT_SUPPORTED',
  'CANCELLED',
  'TIMEOUT',
  'ENGINE_RESTARTED',
  'ENGINE_UNAVAILABLE',
  'SQLITE_BINDING',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export interface ErrorShape {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: Record<string, unknown> | undefined;
  readonly retryable: boolean;
}

export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;
  readonly retryable: boolean;

  constructor(
    code: ErrorCode,
    message: string,
    details?: Record<string, unknown>,
    options: { retryable?: boolean; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CodedError';
    this.code = code;
    this.details = details;
    this.retryable = options.retryable ?? false;
  }

  toShape(): ErrorShape {
    return {
      code: this.code,
      message: this.message,
      retryable: this.retryable,
      ...(this.details ? { details: this.details } : {}),
    };
  }
}

/** Any thrown value as a wire error; unknown ones become INTERNAL and keep only their message. */
export function toErrorShape(error: unknown): ErrorShape {
  if (error instanceof CodedError) return error.toShape();
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'INTERNAL', message, retryable: false };
}

export function fromErrorShape(shape: ErrorShape): CodedError {
  return new CodedError(shape.code, shape.message, shape.details, { retryable: shape.retryable });
}
