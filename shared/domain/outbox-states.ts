/**
 * The life of one outbox op as data. `pending` is a local edit; it leaves the
 * machine only after `releasedAt` is set by a publish. Nothing is `verified`
 * before it was read back from the channel.
 */
export const OUTBOX_STATES = [
  'pending',
  'leased',
  'sent',
  'accepted',
  'verified',
  'retry_wait',
  'needs_verify',
  'rejected',
  'conflict',
  'superseded',
  'cancelled',
] as const;
export type OutboxState = (typeof OUTBOX_STATES)[number];

const TRANSITIONS: Record<OutboxState, readonly OutboxState[]> = {
  pending: ['leased', 'cancelled', 'conflict', 'rejected', 'superseded', 'verified'],
  // A lease that did not survive a crash may or may not have reached the channel.
  leased: ['sent', 'pending', 'conflict', 'rejected', 'needs_verify', 'retry_wait', 'verified'],
  sent: ['accepted', 'rejected', 'retry_wait', 'needs_verify', 'verified', 'conflict'],
  accepted: ['verified', 'needs_verify', 'rejected', 'conflict'],
  // A newer push of the cell, or a newer value on the channel, takes its place.
  // Rejected: the channel found fault with it afterwards.
  verified: ['superseded', 'rejected'],
  retry_wait: [
    'verified',
    'leased',
    'cancelled',
    'superseded',
    'needs_verify',
    'conflict',
    'pending',
    'rejected',
  ],
  // Accepted: the channel's list of jobs says that it has the one that carries it.
  needs_verify: ['verified', 'accepted', 'pending', 'retry_wait', 'conflict', 'rejected', 'leased'],
  rejected: ['pending', 'cancelled', 'superseded', 'verified', 'conflict'],
  conflict: ['pending', 'cancelled', 'superseded', 'verified'],
  superseded: [],
  cancelled: [],
};

export function canTransition(from: OutboxState, to: OutboxState): boolean {
  return TRANSITIONS[from].includes(to);
}

/** States in which the channel may be in the middle of applying the op: no other op of that entity may start. */
export const IN_FLIGHT_STATES = ['leased', 'sent', 'accepted', 'needs_verify'] as const;

/** States in which an op still has something to do; a later edit of the field joins it. */
export const WAITING_STATES = ['pending', 'retry_wait', 'rejected', 'conflict'] as const;

/** What a cell shows. `clean` has no open op and was never edited since the last read. */
export const CELL_STATES = ['clean', 'dirty', 'pending', 'verified', 'rejected', 'conflict'] as const;
export type CellState = (typeof CELL_STATES)[number];

export function cellState(state: OutboxState, released: boolean): CellState {
  switch (state) {
    case 'pending':
      return released ? 'pending' : 'dirty';
    case 'leased':
    case 'sent':
    case 'accepted':
    case 'retry_wait':
    case 'needs_verify':
      return 'pending';
    case 'verified':
      return 'verified';
    case 'rejected':
      return 'rejected';
    case 'conflict':
      return 'conflict';
    case 'superseded':
    case 'cancelled':
      return 'clean';
  }
}

/** A row shows the worst of its cells. */
const SEVERITY: readonly CellState[] = ['clean', 'verified', 'pending', 'dirty', 'rejected', 'conflict'];

export function worstCellState(states: Iterable<CellState>): CellState {
  let worst = 0;
  for (const state of states) worst = Math.max(worst, SEVERITY.indexOf(state));
  return SEVERITY[worst] ?? 'clean';
}
