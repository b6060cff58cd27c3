import type { ListingFieldName } from '#shared/domain/listing-fields.ts';
import type { ChannelContext, ListingPush, PushResult } from './contract.ts';

/**
 * Many changes as one job that a channel works off by itself, minutes to hours
 * later. The engine stores each id before it goes on, so that a job that was
 * asked for before a crash is found again and none is asked for twice. Failures
 * are thrown as everywhere (see ChannelConnector).
 */
export interface BulkListings {
  /** Changed products from which on a job is quicker than single calls. */
  readonly from: number;
  /** Most products of one job. */
  readonly most: number;
  readonly pollMs: number;
  /** A job that has not ended by then is left alone, and what became of its changes is read. */
  readonly giveUpMs: number;
  /** How long after a lost answer a job is in the channel's list for sure. */
  readonly listedAfterMs: number;
  /** Writes the job's document on top of what the listings have now. Changes nothing. */
  prepare(context: ChannelContext, ops: readonly ListingPush[]): Promise<BulkPlan>;
  /** Hands the document over, which changes nothing yet; its id on the channel. */
  upload(context: ChannelContext, document: Uint8Array): Promise<string>;
  /** Has the channel work the document off; the job's id. */
  start(context: ChannelContext, documentId: string): Promise<string>;
  /**
   * Jobs of this kind that were started in this time, epoch ms; the newest first.
   * `documentId` is what it was started with, for channels that can tell by that.
   */
  list(
    context: ChannelContext,
    fromMs: number,
    toMs: number,
    documentId?: string,
  ): Promise<readonly string[]>;
  /** Takes a job back that has not begun; fails when it has. Absent = the channel cannot. */
  cancel?(context: ChannelContext, jobId: string): Promise<void>;
  /** How it stands with a job; `messages` is what it carries. */
  look(context: ChannelContext, jobId: string, messages: readonly BulkMessage[]): Promise<BulkState>;
}

export interface BulkPlan {
  /** null when nothing is left to send. */
  readonly document: Uint8Array | null;
  /** Which message of the document each op is part of. */
  readonly messages: readonly { readonly message: number; readonly opId: string }[];
  /** Ops that do not go along: refused before they leave, or nothing to do. */
  readonly results: readonly PushResult[];
}

export interface BulkMessage {
  readonly message: number;
  readonly fields: ReadonlySet<ListingFieldName>;
}

export type BulkState =
  | { readonly state: 'waiting' }
  | {
      readonly state: 'done';
      /** What the channel refused; nothing of such a message was applied. */
      readonly refused: readonly BulkRefusal[];
    }
  /** It ended before its time: all, some or none may be applied. */
  | { readonly state: 'failed'; readonly message: string };

export interface BulkRefusal {
  readonly message: number;
  /** CHANNEL_CONFLICT and CHANNEL_UNKNOWN are read again, everything else waits for a person. */
  readonly code: string;
  readonly text: string;
  /** Of the fields that were sent; null concerns the whole message. */
  readonly field: ListingFieldName | null;
}
