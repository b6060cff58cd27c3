import type { z } from 'zod';

export type MethodKind = 'query' | 'command';

/**
 * One RPC method. Queries read, commands write: a command is one transaction,
 * one journal entry and one event, and carries a `requestId` so that a retry
 * after a crash changes nothing the second time.
 */
export interface Method<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: MethodKind;
  readonly input: I;
  readonly output: O;
  /** Milliseconds until the caller gives up; null for work with progress and cancel. */
  readonly timeoutMs: number | null;
  readonly summary: string;
}

export function query<I extends z.ZodType, O extends z.ZodType>(
  summary: string,
  input: I,
  output: O,
  timeoutMs: number | null = 30_000,
): Method<I, O> {
  return { kind: 'query', input, output, timeoutMs, summary };
}

export function command<I extends z.ZodType, O extends z.ZodType>(
  summary: string,
  input: I,
  output: O,
  timeoutMs: number | null = 120_000,
): Method<I, O> {
  return { kind: 'command', input, output, timeoutMs, summary };
}
