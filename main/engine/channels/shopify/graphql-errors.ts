import type { ErrorCode } from '#shared/errors/coded-error.ts';
import { z } from 'zod';
import type { ChannelFault } from '../kit/failures.ts';

const errorSchema = z.object({
  message: z.string().catch(''),
  path: z.array(z.union([z.string(), z.number()])).catch([]),
  extensions: z
    .object({ code: z.string().catch('') })
    .optional()
    .catch(undefined),
});
const bodySchema = z.object({
  errors: z.union([z.string(), z.array(errorSchema)]).optional(),
});

export interface GraphqlError {
  readonly code: string;
  readonly message: string;
  /** Where in the data it happened; empty = the document as a whole. */
  readonly path: readonly (string | number)[];
}

/** The errors beside (or instead of) the data; a bare text as one error without a code. */
export function readErrors(body: unknown): GraphqlError[] {
  const parsed = bodySchema.safeParse(body);
  const errors = parsed.success ? (parsed.data.errors ?? []) : [];
  if (typeof errors === 'string') return [{ code: '', message: errors, path: [] }];
  return errors.map(({ message, path, extensions }) => ({ code: extensions?.code ?? '', message, path }));
}

/** The kit's view of the body of a failed answer; the status decides what kind it is. */
export function readFault(body: unknown): ChannelFault | null {
  const [first] = readErrors(body);
  return first
    ? { code: first.code || 'REFUSED', message: first.message, kind: kindOfCode(first.code) }
    : null;
}

const KINDS: Readonly<Record<string, ErrorCode>> = {
  THROTTLED: 'CHANNEL_RATE',
  ACCESS_DENIED: 'CHANNEL_AUTH',
  UNAUTHORIZED: 'CHANNEL_AUTH',
  SHOP_INACTIVE: 'CHANNEL_AUTH',
  INTERNAL_SERVER_ERROR: 'CHANNEL_TRANSIENT',
  TIMEOUT: 'CHANNEL_TRANSIENT',
  MAX_COST_EXCEEDED: 'CHANNEL_INVALID',
};

export function kindOfCode(code: string): ErrorCode | undefined {
  return KINDS[code];
}

/**
 * Whether a field inside a record was withheld while everything else came: apps
 * without approval for customers' data, and shops on small plans, get orders
 * without names and addresses.
 */
export function isWithheld(error: GraphqlError): boolean {
  return error.code === 'ACCESS_DENIED' && error.path.some((step) => typeof step === 'number');
}

/**
 * Before anything runs, a document is checked: such errors have codes in
 * camelCase (`undefinedField`) and mean that this program is too old or new.
 */
export function isDocumentError(code: string): boolean {
  return /^[a-z]+([A-Z][a-z]+)+$/.test(code);
}
