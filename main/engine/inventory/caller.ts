import type { Journal } from '../journal/journal.ts';
import type { Ports } from '../ports.ts';

export interface InventoryDeps {
  readonly journal: Journal;
  readonly ports: Pick<Ports, 'newId'>;
}

export interface InventoryCall {
  readonly actor: string;
  readonly requestId?: string | undefined;
}
