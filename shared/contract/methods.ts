import type { z } from 'zod';
import { channelStockMethods } from './channel-stock.ts';
import { channelMethods } from './channels.ts';
import { countingMethods } from './counting.ts';
import { draftMethods } from './drafts.ts';
import { forecastMethods } from './forecast.ts';
import { historyMethods } from './history.ts';
import { inventoryMethods } from './inventory.ts';
import { listingMethods } from './listings.ts';
import { localisationMethods } from './localisation.ts';
import { marketMethods } from './market.ts';
import { matrixMethods } from './matrix.ts';
import { operatorMethods } from './operators.ts';
import { migrationMethods } from './migration.ts';
import { orderActionMethods } from './order-actions.ts';
import { orderDeskMethods } from './order-desk.ts';
import { orderRuleMethods } from './order-rules.ts';
import { orderMethods } from './orders.ts';
import { paperMethods } from './papers.ts';
import { privacyMethods } from './privacy.ts';
import { publishMethods } from './publish.ts';
import { purchasingMethods } from './purchasing.ts';
import { qualityMethods } from './quality.ts';
import { reorderMethods } from './reorder.ts';
import { returnMethods } from './returns.ts';
import { waveMethods } from './waves.ts';
import { workspaceMethods } from './workspace.ts';

/** Every method a client can call, by `area.verb`. */
export const METHODS = {
  ...channelMethods,
  ...channelStockMethods,
  ...countingMethods,
  ...draftMethods,
  ...forecastMethods,
  ...historyMethods,
  ...inventoryMethods,
  ...listingMethods,
  ...localisationMethods,
  ...marketMethods,
  ...matrixMethods,
  ...migrationMethods,
  ...operatorMethods,
  ...orderActionMethods,
  ...orderDeskMethods,
  ...orderMethods,
  ...orderRuleMethods,
  ...paperMethods,
  ...privacyMethods,
  ...publishMethods,
  ...purchasingMethods,
  ...qualityMethods,
  ...reorderMethods,
  ...returnMethods,
  ...waveMethods,
  ...workspaceMethods,
} as const;

export type MethodName = keyof typeof METHODS;
/** What a caller passes. */
export type Params<M extends MethodName> = z.input<(typeof METHODS)[M]['input']>;
/** What a handler receives after parsing. */
export type ParsedParams<M extends MethodName> = z.output<(typeof METHODS)[M]['input']>;
export type Result<M extends MethodName> = z.output<(typeof METHODS)[M]['output']>;

export const CONTRACT_VERSION = 1;

export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(METHODS, name);
}
