import { z } from 'zod';
import { ERROR_CODES } from '../errors/coded-error.ts';

/** What travels between a client (window, CLI, test) and the engine. */
export const requestSchema = z.strictObject({
  v: z.literal(1),
  id: z.number().int().nonnegative(),
  method: z.string().max(100),
  params: z.unknown(),
  /** Commands only: stored UNIQUE, so a resent command answers with its first result. */
  requestId: z.uuid().optional(),
});
export type Request = z.infer<typeof requestSchema>;

export const cancelSchema = z.strictObject({ v: z.literal(1), cancel: z.number().int().nonnegative() });

export const errorShapeSchema = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
  retryable: z.boolean(),
});

export type Reply =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly error: z.infer<typeof errorShapeSchema> };

export const EVENT_TOPICS = [
  'listings',
  'orders',
  'inventory',
  'quality',
  'history',
  'outbox',
  'accounts',
  'jobs',
  'connectivity',
  'engine',
] as const;
export type EventTopic = (typeof EVENT_TOPICS)[number];

/** `rev` only grows; a client that missed events refetches when it sees a gap. `rids` is absent when too many changed. */
export interface EngineEvent {
  readonly event: EventTopic;
  readonly rev: number;
  readonly rids?: readonly number[];
  readonly data?: unknown;
}

export type ToClient = Reply | EngineEvent;
export type FromClient = Request | z.infer<typeof cancelSchema>;

/** Rows a single reply may carry; longer lists are views with windows. */
export const MAX_REPLY_ROWS = 1_000;
