import type { Text } from './text.ts';

interface Pattern {
  /** How the engine writes it; groups are the facts. */
  readonly engine: RegExp;
  readonly key: string;
  readonly facts: readonly string[];
}

/** Names that the engine gives to commands itself; what a screen or a person called a command fits none of them. */
const PATTERNS: readonly Pattern[] = [
  { engine: /^Pick order (.+)$/, key: 'pickOrder', facts: ['name'] },
  { engine: /^Pack order (.+)$/, key: 'packOrder', facts: ['name'] },
  { engine: /^Ship order (.+)$/, key: 'shipOrder', facts: ['name'] },
  { engine: /^Pick (\S+)$/, key: 'pick', facts: ['name'] },
  { engine: /^Pack (\S+)$/, key: 'pack', facts: ['name'] },
  { engine: /^Report missing units of order (.+)$/, key: 'missing', facts: ['name'] },
  { engine: /^Ship orders from a list$/, key: 'shipList', facts: [] },
  { engine: /^Destroy buyers' data of (\d+) orders$/, key: 'purge', facts: ['count'] },
  { engine: /^Keep buyers' data of (.+): (\d+) days$/, key: 'keepDays', facts: ['name', 'count'] },
  { engine: /^Keep buyers' data of (.+): always$/, key: 'keepAlways', facts: ['name'] },
  { engine: /^Keep buyers' data of (.+): as the channel says$/, key: 'keepChannel', facts: ['name'] },
  { engine: /^Add account (.+)$/, key: 'addAccount', facts: ['name'] },
  { engine: /^Change account (.+)$/, key: 'changeAccount', facts: ['name'] },
  { engine: /^Remove account (.+)$/, key: 'removeAccount', facts: ['name'] },
  { engine: /^Pause account (.+)$/, key: 'pauseAccount', facts: ['name'] },
  { engine: /^Resume account (.+)$/, key: 'resumeAccount', facts: ['name'] },
  { engine: /^Pause SKU (.+)$/, key: 'pauseSku', facts: ['name'] },
  { engine: /^Resume SKU (.+)$/, key: 'resumeSku', facts: ['name'] },
  { engine: /^Pause channel (\S+)$/, key: 'pauseChannel', facts: ['name'] },
  { engine: /^Resume channel (\S+)$/, key: 'resumeChannel', facts: ['name'] },
  { engine: /^Schedule changes: (.+)$/, key: 'schedule', facts: ['name'] },
  { engine: /^Reschedule changes: (.+)$/, key: 'reschedule', facts: ['name'] },
  { engine: /^Drop schedule: (.+)$/, key: 'dropSchedule', facts: ['name'] },
  { engine: /^Add a conflict rule$/, key: 'addRule', facts: [] },
  { engine: /^Remove a conflict rule$/, key: 'removeRule', facts: [] },
  { engine: /^Keep my values by rule$/, key: 'ruleMine', facts: [] },
  { engine: /^Take the shop's values by rule$/, key: 'ruleTheirs', facts: [] },
  { engine: /^Keep my values$/, key: 'keepMine', facts: [] },
  { engine: /^Take the shop's values$/, key: 'takeTheirs', facts: [] },
  { engine: /^Cancel order (.+)$/, key: 'cancelOrder', facts: ['name'] },
  { engine: /^Refund order (.+)$/, key: 'refundOrder', facts: ['name'] },
  { engine: /^Take back the (?:cancel|refund) of order (.+)$/, key: 'takeBackAction', facts: ['name'] },
  { engine: /^Done by hand: (?:cancel|refund) of order (.+)$/, key: 'doneByHand', facts: ['name'] },
  { engine: /^Take a shipment back$/, key: 'unship', facts: [] },
  { engine: /^Hold order (.+)$/, key: 'holdOrder', facts: ['name'] },
  { engine: /^Hold (\d+) orders$/, key: 'holdOrders', facts: ['count'] },
  { engine: /^Release order (.+)$/, key: 'releaseOrder', facts: ['name'] },
  { engine: /^Release (\d+) orders$/, key: 'releaseOrders', facts: ['count'] },
  { engine: /^Prioritise order (.+)$/, key: 'prioritiseOrder', facts: ['name'] },
  { engine: /^Prioritise (\d+) orders$/, key: 'prioritiseOrders', facts: ['count'] },
  { engine: /^Tag order (.+)$/, key: 'tagOrder', facts: ['name'] },
  { engine: /^Tag (\d+) orders$/, key: 'tagOrders', facts: ['count'] },
  { engine: /^Note on order (.+)$/, key: 'noteOrder', facts: ['name'] },
  { engine: /^Split order (.+)$/, key: 'splitOrder', facts: ['name'] },
  { engine: /^Take the split of order (.+) back$/, key: 'unsplitOrder', facts: ['name'] },
  { engine: /^Merge orders (.+)$/, key: 'mergeOrders', facts: ['name'] },
  { engine: /^Let merged orders leave on their own$/, key: 'unmergeOrders', facts: [] },
  { engine: /^Ship merged orders$/, key: 'shipMerged', facts: [] },
  { engine: /^Return of order (.+)$/, key: 'returnOrder', facts: ['name'] },
  { engine: /^Receive return (.+)$/, key: 'receiveReturn', facts: ['name'] },
  { engine: /^Close return (.+)$/, key: 'closeReturn', facts: ['name'] },
  { engine: /^Open return (.+)$/, key: 'openReturn', facts: ['name'] },
  { engine: /^Run the rules over (\d+) orders$/, key: 'runRules', facts: ['count'] },
  { engine: /^Rule "(.+)"$/, key: 'orderRule', facts: ['name'] },
  { engine: /^Remove a rule$/, key: 'removeOrderRule', facts: [] },
  { engine: /^Order of the rules$/, key: 'reorderRules', facts: [] },
  { engine: /^Start count (.+)$/, key: 'startCount', facts: ['name'] },
  { engine: /^Finish count (.+)$/, key: 'finishCount', facts: ['name'] },
  { engine: /^Count (\d+) entries$/, key: 'count', facts: ['count'] },
  { engine: /^Add location (.+)$/, key: 'addLocation', facts: ['name'] },
  { engine: /^Add bin (.+)$/, key: 'addBin', facts: ['name'] },
  { engine: /^Move (\d+) of (.+)$/, key: 'move', facts: ['count', 'name'] },
  { engine: /^Opening stock from (.+)$/, key: 'opening', facts: ['name'] },
  { engine: /^Receive (\d+) units$/, key: 'receive', facts: ['count'] },
  { engine: /^Post what (.+) ships$/, key: 'salesRule', facts: ['name'] },
  { engine: /^Add keywords for (.+)$/, key: 'addKeywords', facts: ['name'] },
  { engine: /^Remove keyword (.+)$/, key: 'removeKeyword', facts: ['name'] },
  { engine: /^Mark days (.+)$/, key: 'markDays', facts: ['name'] },
  { engine: /^Unmark days (.+)$/, key: 'unmarkDays', facts: ['name'] },
  { engine: /^Merge count (.+)$/, key: 'mergeCount', facts: ['name'] },
  { engine: /^Change a stock rule$/, key: 'rule', facts: [] },
  { engine: /^Send a transfer$/, key: 'sendTransfer', facts: [] },
  { engine: /^Book a transfer in$/, key: 'bookTransfer', facts: [] },
  { engine: /^Add supplier (.+)$/, key: 'addSupplier', facts: ['name'] },
  { engine: /^Change supplier (.+)$/, key: 'changeSupplier', facts: ['name'] },
  { engine: /^Remove supplier (.+)$/, key: 'removeSupplier', facts: ['name'] },
  { engine: /^Remove an item of a supplier$/, key: 'removeSupplierItem', facts: [] },
  { engine: /^Remove a note of a supplier$/, key: 'removeSupplierNote', facts: [] },
  { engine: /^Note on supplier (.+)$/, key: 'supplierNote', facts: ['name'] },
  { engine: /^Draft an order to (.+)$/, key: 'draftPurchase', facts: ['name'] },
  { engine: /^Change lines of (PO-\d+)$/, key: 'purchaseLines', facts: ['name'] },
  { engine: /^Close a line of (PO-\d+) short$/, key: 'shortClose', facts: ['name'] },
  { engine: /^Change (PO-\d+)$/, key: 'changePurchase', facts: ['name'] },
  { engine: /^Send (PO-\d+)$/, key: 'sendPurchase', facts: ['name'] },
  { engine: /^Confirm (PO-\d+)$/, key: 'confirmPurchase', facts: ['name'] },
  { engine: /^Close (PO-\d+)$/, key: 'closePurchase', facts: ['name'] },
  { engine: /^Cancel (PO-\d+)$/, key: 'cancelPurchase', facts: ['name'] },
  { engine: /^Receive (PO-\d+)$/, key: 'receivePurchase', facts: ['name'] },
  { engine: /^Change units of (.+)$/, key: 'itemUnits', facts: ['name'] },
  { engine: /^Change how (.+) is kept$/, key: 'tracking', facts: ['name'] },
  { engine: /^Change lot (\S+) of (.+)$/, key: 'changeLot', facts: ['lot', 'name'] },
  { engine: /^Give (\d+) of (.+) a lot$/, key: 'assignLot', facts: ['count', 'name'] },
  { engine: /^Change the kit (.+)$/, key: 'kit', facts: ['name'] },
  { engine: /^Assemble (\d+) of (.+)$/, key: 'assemble', facts: ['count', 'name'] },
  { engine: /^Take apart (\d+) of (.+)$/, key: 'disassemble', facts: ['count', 'name'] },
  { engine: /^Change item (\S+) of supplier (.+)$/, key: 'supplierItem', facts: ['item', 'name'] },
  { engine: /^Rename place (.+) to (.+)$/, key: 'rename', facts: ['from', 'name'] },
  { engine: /^Take place (.+) back into use$/, key: 'unarchive', facts: ['name'] },
  { engine: /^Archive place (.+)$/, key: 'archive', facts: ['name'] },
  { engine: /^Settle a transfer$/, key: 'settleTransfer', facts: [] },
  { engine: /^Import (\S+\.\w+)$/, key: 'import', facts: ['name'] },
  { engine: /^Deleted in (.+)$/, key: 'deletedIn', facts: ['name'] },
  { engine: /^Changes in (.+)$/, key: 'changesIn', facts: ['name'] },
  { engine: /^Orders of (.+)$/, key: 'ordersOf', facts: ['name'] },
  { engine: /^Back to (\d{4}-\d\d-\d\dT[\d:.]+Z)$/, key: 'backTo', facts: ['at'] },
  { engine: /^Paste (\d+) x (\d+)$/, key: 'paste', facts: ['rows', 'columns'] },
  { engine: /^Clear (\d+) cells$/, key: 'clear', facts: ['count'] },
  { engine: /^Set (\d+) cells$/, key: 'set', facts: ['count'] },
  { engine: /^Edit (\d+) cells of SKUs$/, key: 'editSkus', facts: ['count'] },
  { engine: /^Begin draft (.+)$/, key: 'beginDraft', facts: ['name'] },
  { engine: /^Edit draft (.+)$/, key: 'editDraft', facts: ['name'] },
  { engine: /^Move edits into draft (.+)$/, key: 'collectDraft', facts: ['name'] },
  { engine: /^Merge draft (.+)$/, key: 'mergeDraft', facts: ['name'] },
  { engine: /^Ask for the review of draft (.+)$/, key: 'submitDraft', facts: ['name'] },
  { engine: /^Approve draft (.+)$/, key: 'approveDraft', facts: ['name'] },
  { engine: /^Open draft (.+)$/, key: 'openDraft', facts: ['name'] },
  { engine: /^Discard draft (.+)$/, key: 'discardDraft', facts: ['name'] },
  { engine: /^Edit attributes$/, key: 'editAttributes', facts: [] },
  { engine: /^Inherit the master$/, key: 'inherit', facts: [] },
  { engine: /^Override the master$/, key: 'override', facts: [] },
  { engine: /^Detach from the master$/, key: 'detach', facts: [] },
  { engine: /^Masters from (.+)$/, key: 'mastersFrom', facts: ['name'] },
];

const COUNTS: ReadonlySet<string> = new Set(['count', 'rows', 'columns']);

/** The name of a command in the person's language; names that people and screens gave stay as they are. */
export function commandLabel(label: string, t: Text): string {
  for (const { engine, key, facts } of PATTERNS) {
    const match = engine.exec(label);
    if (!match) continue;
    const values = facts.map((fact, index): [string, string | number | Date] => {
      const text = match[index + 1] ?? '';
      if (fact === 'at') return [fact, new Date(text)];
      return [fact, COUNTS.has(fact) ? Number(text) : text];
    });
    return t(`history.command.${key}`, Object.fromEntries(values));
  }
  return label;
}

/** Keys of the texts that {@link commandLabel} uses. */
export const COMMAND_KEYS: readonly string[] = PATTERNS.map(({ key }) => `history.command.${key}`);
