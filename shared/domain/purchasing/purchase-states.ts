/** What a person decides about a purchase order; the rest follows from its receipts. */
export const PURCHASE_STAGES = ['draft', 'sent', 'confirmed', 'closed', 'cancelled'] as const;
export type PurchaseStage = (typeof PURCHASE_STAGES)[number];

export const PURCHASE_STATES = [
  'draft',
  'sent',
  'confirmed',
  'part_received',
  'received',
  'closed',
  'cancelled',
] as const;
export type PurchaseState = (typeof PURCHASE_STATES)[number];

/** States in which units are still on order. */
export const ON_ORDER_STATES = [
  'sent',
  'confirmed',
  'part_received',
] as const satisfies readonly PurchaseState[];

export const PURCHASE_STEPS = ['send', 'confirm', 'receive', 'close', 'cancel', 'edit'] as const;
export type PurchaseStep = (typeof PURCHASE_STEPS)[number];

/** Which step is allowed in which state; the whole lifecycle is this table. */
const ALLOWED: Readonly<Record<PurchaseState, readonly PurchaseStep[]>> = {
  draft: ['edit', 'send', 'cancel'],
  sent: ['edit', 'confirm', 'receive', 'close', 'cancel'],
  confirmed: ['edit', 'receive', 'close', 'cancel'],
  // A supplier may send more than was ordered, and may confirm late.
  part_received: ['edit', 'confirm', 'receive', 'close'],
  received: ['receive', 'close'],
  closed: [],
  cancelled: [],
};

const STAGE_AFTER = {
  send: 'sent',
  confirm: 'confirmed',
  close: 'closed',
  cancel: 'cancelled',
} as const satisfies Partial<Record<PurchaseStep, PurchaseStage>>;
export type StageStep = keyof typeof STAGE_AFTER;
export const STAGE_STEPS = ['send', 'confirm', 'close', 'cancel'] as const satisfies readonly StageStep[];

export function allowedSteps(state: PurchaseState): readonly PurchaseStep[] {
  return ALLOWED[state];
}

export function stageAfter(step: StageStep): PurchaseStage {
  return STAGE_AFTER[step];
}

export interface LineQuantities {
  readonly quantity: number;
  readonly received: number;
  /** Units that will not come any more. */
  readonly short: number;
}

/** Units of a line that are still to come; never negative, also after an over-receipt. */
export function openUnits({ quantity, received, short }: LineQuantities): number {
  return Math.max(0, quantity - received - short);
}

/** The state of an order from its stage and its lines, so that the two never disagree. */
export function purchaseState(stage: PurchaseStage, lines: readonly LineQuantities[]): PurchaseState {
  if (stage === 'draft' || stage === 'closed' || stage === 'cancelled') return stage;
  if (lines.every(({ received }) => received === 0)) return stage;
  return lines.every((line) => openUnits(line) === 0) ? 'received' : 'part_received';
}
