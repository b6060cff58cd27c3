import type { ChannelContext, ShipmentProof } from './contract.ts';

/**
 * Cancelling and refunding orders, for channels whose API has both. Part of the
 * contract of connectors (contract.ts).
 *
 * Every call is idempotent: it looks at the order first and does only what is
 * missing, so that a call after a crash or time-out repeats nothing. Failures
 * of a whole call are thrown as CHANNEL_* errors like everywhere; a thrown error
 * with `details.applied` 'unknown' never happens, it is the outcome 'unknown'.
 */
export interface OrderActions {
  readonly abilities: OrderActionAbilities;
  /** Cannot be taken back. Rejected with CHANNEL_CONFLICT once a part of the order has left. */
  cancel(context: ChannelContext, cancellation: OrderCancellation): Promise<OrderActionResult>;
  /** Channels may cancel a moment after they accepted it: ask until it is confirmed. */
  verifyCancellation(context: ChannelContext, cancellation: OrderCancellation): Promise<ShipmentProof>;
  /** Rejected with CHANNEL_INVALID when it is more than is left to refund. */
  refund(context: ChannelContext, refund: OrderRefund): Promise<OrderActionResult>;
  verifyRefund(context: ChannelContext, refund: OrderRefund): Promise<RefundProof>;
}

/** What a person can choose; where nothing can be chosen, what happens by itself. */
export interface OrderActionAbilities {
  /** Whether cancelled units go back into stock. */
  readonly restockOnCancel: 'choice' | 'always';
  /** Whether cancelling pays back what was paid; 'never' = a refund is a step of its own. */
  readonly refundOnCancel: 'choice' | 'never';
  /** Whether the customer is mailed; 'shop' = the shop's own settings decide. */
  readonly notify: 'choice' | 'shop';
}

export const CANCEL_REASONS = ['customer', 'declined', 'fraud', 'inventory', 'staff', 'other'] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];

export interface OrderCancellation {
  /** Of this machine, the same at every attempt. */
  readonly cancellationId: string;
  readonly orderExternalId: string;
  readonly reason: CancelReason;
  /** Puts the units back into stock. */
  readonly restock: boolean;
  /** Pays everything back the way it was paid. */
  readonly refund: boolean;
  readonly notify: boolean;
  /** For the shop's staff; connectors shorten it to what the channel takes. */
  readonly note: string;
}

/** never_left: not sent, back into stock. returned: came back, into stock. no: not into stock. */
export type Restock = 'never_left' | 'returned' | 'no';

export interface OrderRefund {
  /** Of this machine, the same at every attempt: the same refund is never paid twice. */
  readonly refundId: string;
  readonly orderExternalId: string;
  /** Whole units; may be empty when `amountMinor` says how much. */
  readonly lines: readonly {
    readonly externalId: string;
    readonly quantity: number;
    readonly restock: Restock;
  }[];
  /** Pays back what is left of the shipping, too. */
  readonly shipping: boolean;
  /** Minor units of `currency`; null = what the channel's own records say for these lines. */
  readonly amountMinor: number | null;
  readonly currency: string;
  /** original: the way it was paid. by_hand: the shop only records it, a person pays. */
  readonly money: 'original' | 'by_hand';
  readonly notify: boolean;
  readonly note: string;
}

export type OrderActionResult =
  | { readonly outcome: 'accepted' }
  | {
      /** rejected: final, a person has to act. unknown: it may have been applied; verify, then call again. */
      readonly outcome: 'rejected' | 'unknown';
      readonly code: string;
      readonly message: string;
    };

export interface RefundProof extends ShipmentProof {
  /** What the channel recorded, minor units of the order's currency; null when it is not there. */
  readonly amountMinor: number | null;
}
