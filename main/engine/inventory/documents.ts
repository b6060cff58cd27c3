import { sql } from '../db/statement.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { Ports } from '../ports.ts';

export type DocumentKind = 'opening' | 'receipt' | 'adjustment' | 'move' | 'transfer' | 'count' | 'shipment';

export interface StockDocument {
  readonly rid: number;
  readonly id: string;
}

interface DocumentParts {
  readonly reference?: string | undefined;
  readonly fromRid?: number | undefined;
  readonly toRid?: number | undefined;
  readonly shipmentRid?: number | undefined;
}

const insert = sql<{
  id: string;
  kind: string;
  reference: string;
  from: number | null;
  to: number | null;
  shipment: number | null;
  at: number;
}>(
  `INSERT INTO stock_document (id, kind, reference, from_rid, to_rid, shipment_rid, created_at_ms)
   VALUES (:id, :kind, :reference, :from, :to, :shipment, :at)`,
);

/** A new document for the movements of one command. */
export function addDocument(
  scope: CommandScope,
  ports: Pick<Ports, 'newId'>,
  kind: DocumentKind,
  parts: DocumentParts = {},
): StockDocument {
  const id = ports.newId();
  const { rid } = scope.db.run(insert, {
    id,
    kind,
    reference: parts.reference ?? '',
    from: parts.fromRid ?? null,
    to: parts.toRid ?? null,
    shipment: parts.shipmentRid ?? null,
    at: scope.atMs,
  });
  return { rid, id };
}
