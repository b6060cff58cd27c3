/** Reasons a person may give for an adjustment. */
export const ADJUST_REASONS = ['correction', 'damaged', 'lost', 'found', 'returned', 'other'] as const;
export type AdjustReason = (typeof ADJUST_REASONS)[number];

/** Why a movement stands in the ledger. */
export const MOVEMENT_REASONS = [
  ...ADJUST_REASONS,
  'opening',
  'receipt',
  'move',
  'transfer_out',
  'transfer_in',
  'count',
  'sale',
  'assembly',
  'disassembly',
  'undo',
] as const;
export type MovementReason = (typeof MOVEMENT_REASONS)[number];

export const LOCATION_KINDS = ['warehouse', 'quarantine', 'transit'] as const;
export type LocationKind = (typeof LOCATION_KINDS)[number];
