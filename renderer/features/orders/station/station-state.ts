import type { OrderDetail, OrderLine } from '#shared/contract/orders.ts';
import type { ShortReason } from '#shared/domain/order-states.ts';
import type { ErrorShape } from '#shared/errors/coded-error.ts';

/** What the station last did or refused; words, colour and sound are made from it. */
export type Said =
  | { readonly kind: 'taken'; readonly code: string | null; readonly line: OrderLine; readonly units: number }
  | {
      readonly kind: 'missing';
      readonly line: OrderLine;
      readonly units: number;
      readonly reason: ShortReason;
    }
  | {
      readonly kind: 'wrong_item' | 'too_many';
      readonly code: string;
      readonly line: OrderLine | null;
      readonly expected: OrderLine | null;
    }
  | { readonly kind: 'not_now'; readonly code: string }
  | { readonly kind: 'undone'; readonly what: Said }
  | { readonly kind: 'nothing_to_undo' }
  | { readonly kind: 'shipped'; readonly number: string }
  | { readonly kind: 'error'; readonly error: ErrorShape };

export type Tone = 'taken' | 'complete' | 'refused' | 'undone' | 'done';

/**
 * working: lines wait. picked, packed: nothing left here. ship: packed, waits
 * for the carrier. unpicked: nothing to pack because nothing was picked.
 * blocked: the shop stopped the order. done: end of the batch.
 */
export type StationPhase =
  | 'loading'
  | 'working'
  | 'picked'
  | 'packed'
  | 'unpicked'
  | 'blocked'
  | 'ship'
  | 'shipped'
  | 'done'
  | 'failed';

export interface StationUndo {
  readonly orderId: string;
  readonly commandId: string;
  readonly lineId: string | null;
  readonly what: Said;
}

export interface StationState {
  readonly orderIds: readonly string[];
  readonly index: number;
  readonly order: OrderDetail | null;
  /** Of the order, in the order of the walk. */
  readonly lines: readonly OrderLine[];
  /** Line that the person or the last scan went to. */
  readonly focus: string | null;
  readonly phase: StationPhase;
  /** `count` grows with every message, so that the same words twice are two events. */
  readonly said: (Said & { readonly count: number }) | null;
  readonly undo: readonly StationUndo[];
  /** Scans and keys that are not carried out yet. */
  readonly waiting: number;
  readonly finished: number;
  readonly error: ErrorShape | null;
  readonly shipmentId?: string | undefined;
}

/** Good news, a refusal or neither; the colour of the message. */
export function moodOf(said: Said): 'good' | 'bad' | 'neutral' {
  switch (said.kind) {
    case 'taken':
    case 'shipped':
      return 'good';
    case 'missing':
    case 'undone':
      return 'neutral';
    case 'wrong_item':
    case 'too_many':
    case 'not_now':
    case 'nothing_to_undo':
    case 'error':
      return 'bad';
  }
}
