import type { Journal } from '../journal/journal.ts';
import type { Ports } from '../ports.ts';

/** Where a process may die while a command's stock is written in part; nothing of it may be there afterwards. */
export const STOCK_HALF = 'stock.half';

export interface InventoryDeps {
  readonly journal: Journal;
  readonly ports: Pick<Ports, 'newId' | 'atPoint'>;
}

export interface InventoryCall {
  readonly actor: string;
  readonly requestId?: string | undefined;
}
