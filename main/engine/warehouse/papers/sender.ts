import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { senderSchema, type Sender } from '#shared/contract/papers.ts';
import type { Database } from '../../db/database.ts';
import type { InventoryCall, InventoryDeps } from '../../inventory/caller.ts';
import { readSetting, writeSetting } from '../settings.ts';

const KEY = 'sender';

export const readSender = (db: Database): Sender | null => readSetting(db, KEY, senderSchema);

export function setSender(
  { journal, ports }: InventoryDeps,
  { sender }: ParsedParams<'papers.setSender'>,
  call: InventoryCall,
): Result<'papers.setSender'> {
  const { commandId } = journal.run(
    {
      method: 'papers.setSender',
      label: 'Set the sender of labels',
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      writeSetting(scope, ports, KEY, sender);
      return {};
    },
  );
  return { commandId };
}

export function senderLines(sender: Sender): string[] {
  return [
    sender.name,
    sender.line1,
    sender.line2,
    `${sender.postcode} ${sender.city}`.trim(),
    sender.country.toUpperCase(),
  ].filter(Boolean);
}
